// Streamlit may call a component again before its script has loaded: then it calls for both, in any
// order, and takes down at once what is not the last. So nothing is done for a call that is taken down
// before its moment is over.

/** @template Component @typedef {(component: Component) => (() => void) | void} Mount */

/** `mount`, for the last of such calls alone.
 * @template Component @param {Mount<Component>} mount @returns {(component: Component) => () => void} */
export default function latest(mount) {
  return (component) => {
    /** @type {(() => void) | void} */
    let leave;
    const due = setTimeout(() => {
      leave = mount(component);
    });
    return () => {
      clearTimeout(due);
      leave?.();
    };
  };
}
