output "endpoint" {
  description = "The name and port that clients connect to."
  value       = "${var.name}.${var.region}.db.internal:5432"
}
