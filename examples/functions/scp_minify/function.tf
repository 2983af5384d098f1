terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

# A policy of one's own, as short as AWS can take it.
locals {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for action in ["s3:DeleteBucket", "s3:PutBucketPolicy"] : { Effect = "Deny", Action = [action], Resource = ["*"] }]
  })
}

output "policy" {
  value = provider::landform::scp_minify(local.policy) # one statement with both actions
}
