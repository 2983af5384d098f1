output "url" {
  description = "The address of the queue."
  value       = "https://sqs.${var.region}.amazonaws.com/${var.account_id}/${var.name}"
}
