variable "name" {
  description = "The name of the database."
  type        = string
  nullable    = false
}

variable "region" {
  description = "The region that the database is in."
  type        = string
  nullable    = false
}

variable "engine" {
  description = "The engine: postgres or mysql."
  type        = string
  default     = "postgres"
  nullable    = false

  validation {
    condition     = contains(["postgres", "mysql"], var.engine)
    error_message = "The engine is postgres or mysql."
  }
}

variable "size_gb" {
  description = "The size of the volume in GB."
  type        = number
  nullable    = false
}

variable "vpc_id" {
  description = "The network that the database is in."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "The subnets that the database is in, in two availability zones at least."
  type        = list(string)
  nullable    = false
}
