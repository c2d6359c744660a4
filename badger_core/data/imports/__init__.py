"""From a public release or own measurements to a bundle like the shipped one."""
