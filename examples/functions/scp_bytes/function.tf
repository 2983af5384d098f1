terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

# What a policy takes of the 10,240 bytes that AWS allows.
locals {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = "organizations:LeaveOrganization", Resource = "*" }]
  })
}

output "bytes" {
  value = provider::landform::scp_bytes(local.policy)
}
