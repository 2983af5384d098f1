# The id is that of the account, `111122223333`, or with its regions `111122223333/us-east-1,eu-west-1`; without them those
# of the provider are meant. Attributes get the values that are in force.
terraform import landform_account_baseline.example 111122223333/us-east-1,eu-west-1
