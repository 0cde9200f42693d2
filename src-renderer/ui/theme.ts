import { createTheme, Drawer, Input, Modal } from '@mantine/core';

// Locking the page's scrolling would put a style element into it, which the content security policy refuses.
const overlay = { defaultProps: { lockScroll: false } };

/** How the component library looks here. Colours are set in theme.css, because no styles are made at run time. */
export const theme = createTheme({
  primaryColor: 'indigo',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Modal: Modal.extend(overlay),
    Drawer: Drawer.extend(overlay),
    // A number that is out of bounds is refused at its field, never changed in silence.
    NumberInput: { defaultProps: { clampBehavior: 'none' } },
    // Hints stand beneath, so that fields side by side are level.
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
  },
});
