"""Pictures, built from small registers."""
