# The id is that of the account, `111122223333`, or the e-mail address of its root user.
terraform import landform_account.example 111122223333
