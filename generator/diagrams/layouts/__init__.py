"""Where each kind puts its shapes: from a diagram and its words to a scene."""
