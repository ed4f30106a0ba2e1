"""How large a cluster must be: sizes and times measured on some articles, and a model for more."""
