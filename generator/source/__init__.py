"""Reading: files into nodes, nodes into the model."""
