# The id is the name of the bucket, or `ACCOUNT/REGION/BUCKET` for another account or region than the provider's. The bucket must
# carry the tags of this stack, as one does whose state was lost.
terraform import landform_state_backend.example 111122223333/us-east-1/landform-states-111122223333-us-east-1
