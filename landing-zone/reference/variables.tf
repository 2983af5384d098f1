variable "organization" {
  description = "The name of the organization: the beginning of what must be unique in the world, such as account aliases."
  type        = string
  default     = "acme"
}

variable "mailbox" {
  description = "The mailbox whose plus addresses the accounts get: `aws@acme.example` gives `aws+prod@acme.example`."
  type        = string
  default     = "aws@acme.example"
}

variable "repository" {
  description = "The repository on GitHub whose workflows may deploy, as `owner/name`."
  type        = string
  default     = "acme/live"
}

variable "regions" {
  description = "The regions in which work may be done. The first one is the home of what is in one region only."
  type        = list(string)
  default     = ["us-east-1", "eu-west-1"]
}

variable "accounts" {
  description = "The accounts by key, which is a part of the e-mail address and never changes: the organizational unit each is in, its name (the key, if it is left out), and what it may cost in a month in US dollars."
  type = map(object({
    ou          = string
    name        = optional(string)
    monthly_usd = optional(number, 500)
  }))
  default = {
    security    = { ou = "Security" }
    log-archive = { ou = "Security" }
    shared      = { ou = "Infrastructure" }
    network     = { ou = "Infrastructure" }
    dev         = { ou = "Workloads" }
    stage       = { ou = "Workloads" }
    prod        = { ou = "Workloads", monthly_usd = 5000 }
  }
}

variable "more_workloads" {
  description = "Names of further accounts in `Workloads`."
  type        = set(string)
  default     = []
}

variable "deletion_protection" {
  description = "Whether accounts are kept from being destroyed. Even then nothing is closed: an account is moved to `Suspended`."
  type        = bool
  default     = true
}
