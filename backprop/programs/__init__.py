"""What is handed out: a network's training, and one neuron, as programs that run on their own."""
