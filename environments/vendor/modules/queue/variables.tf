variable "account_id" {
  description = "The account that the queue is in: 12 digits."
  type        = string
  nullable    = false
}

variable "region" {
  description = "The region that the queue is in."
  type        = string
  nullable    = false
}

variable "name" {
  description = "The name of the queue."
  type        = string
  nullable    = false
}

variable "fifo" {
  description = "Whether messages come in the order in which they were sent."
  type        = bool
  default     = false
  nullable    = false
}

variable "dead_letters" {
  description = "After how many receives a message is set aside, and for how many days it is kept."
  type = object({
    after = number
    days  = optional(number, 14)
  })
  default = null
}
