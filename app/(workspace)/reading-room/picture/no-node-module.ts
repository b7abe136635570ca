/** Stands for Node's modules in the browser, where nothing calls them. */
export default {};
