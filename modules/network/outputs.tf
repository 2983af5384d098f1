output "id" {
  description = "The ID of the VPC."
  value       = landform_vpc.this.id
}

output "nat_public_ips" {
  description = "The public addresses that the network is seen with, by slot."
  value       = landform_vpc.this.nat_public_ips
}

output "subnet_ids" {
  description = "The IDs of the subnets by tier, in the order of their slots."
  value       = landform_vpc.this.subnet_ids
}

output "subnets" {
  description = "The subnets by tier and slot."
  value       = landform_vpc.this.subnets
}
