"""What is judged: small pure functions that read a Register and say what they noticed."""
