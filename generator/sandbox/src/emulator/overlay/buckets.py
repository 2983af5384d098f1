"""S3: what a new bucket has, and bucket policies with conditions."""

import json

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket, PublicAccessBlock
from moto.s3.responses import S3Response

from overlay.patch import added_to

init_of_moto = FakeBucket.__init__


@added_to(FakeBucket)
def __init__(self, *args, **kwargs):
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html"""
    init_of_moto(self, *args, **kwargs)
    self.public_access_block = PublicAccessBlock(True, True, True, True)


@added_to(FakeBucket)
def get_permission(self, action, resource):
    """A denial with a condition meets nobody here: conditions are about transport, encryption and networks, and a request
    counts as one that came over the newest TLS from where it should. moto takes the condition for met.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
    """
    if self.policy is None:
        return PermissionResult.NEUTRAL
    policy = json.loads(self.policy.decode())
    statements = policy["Statement"]
    statements = statements if isinstance(statements, list) else [statements]
    policy["Statement"] = [
        it for it in statements if it["Effect"] == "Allow" or "Condition" not in it
    ]
    return IAMPolicy(json.dumps(policy)).is_action_permitted(action, resource)


@added_to(S3Response)
def get_bucket_versioning(self):
    """moto's root element is not that of AWS: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html"""
    status = self.backend.get_bucket_versioning(self.bucket_name)
    self.data["Action"] = "GetBucketVersioning"
    status = f"<Status>{status}</Status>" if status else ""
    namespace = "http://s3.amazonaws.com/doc/2006-03-01/"
    return 200, {}, f'<VersioningConfiguration xmlns="{namespace}">{status}</VersioningConfiguration>'
