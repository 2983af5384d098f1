# Stands for a queue, as ../database does for a database.
resource "terraform_data" "this" {
  input = {
    fifo         = var.fifo
    dead_letters = var.dead_letters
  }
}
