"""The drawings of the Check page: charts of the disagreements, and the table of gradients."""
