import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const alias = (family: string): string => `
  <match target="pattern">
    <test name="family"><string>${family}</string></test>
    <edit name="family" mode="prepend" binding="strong">
      <string>Inter</string>
      <string>Noto Sans</string>
      <string>Noto Sans CJK SC</string>
    </edit>
  </match>`;

/**
 * Lets the browsers that this process starts show the fonts people have on their computers, or ones much like them
 * (Debian: fonts-inter, fonts-noto-core, fonts-noto-cjk); where there are none, others stand in.
 */
export async function chooseFonts(folder: string): Promise<void> {
  const path = join(folder, 'fonts.conf');
  const aliases = ['system-ui', 'sans-serif'].map(alias).join('');
  await writeFile(
    path,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>${aliases}
</fontconfig>
`,
  );
  process.env.FONTCONFIG_FILE = path;
}
