"""The model: frozen values, and the closed set of interactions that everything else knows."""
