"""EC2: what an account wants of its new instances, images and snapshots in a region."""

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.responses.elastic_block_store import ElasticBlockStore
from moto.ec2.responses.settings import Settings
from moto.kms.models import kms_backends
from moto.organizations.models import organizations_backends

from overlay.effective_policies import effective
from overlay.patch import added_to

DECLARATIVE = "DECLARATIVE_POLICY_EC2"

# How the settings are named in requests, in answers and in declarative policies.
METADATA = {
    "HttpTokens": "http_tokens",
    "HttpPutResponseHopLimit": "http_put_response_hop_limit",
    "HttpEndpoint": "http_endpoint",
    "InstanceMetadataTags": "instance_metadata_tags",
    "HttpTokensEnforced": "http_tokens_enforced",
}

init_of_moto = EC2Backend.__init__


@added_to(EC2Backend)
def __init__(self, region_name, account_id):
    init_of_moto(self, region_name, account_id)
    self.metadata_defaults = {}
    self.image_sharing = "unblocked"
    self.snapshot_sharing = "unblocked"
    self.serial_console = False
    self.ebs_key = f"arn:aws:kms:{region_name}:{account_id}:alias/aws/ebs"


def ordered(backend, attribute):
    """What the organization orders for an account, and who says so.

    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative.html
    """
    account = backend.account_id
    management = organizations_backends.master_accounts.get(account, (account, "aws"))
    management = organizations_backends[management[0]][management[1]]
    known = next((it for it in management.accounts if it.id == account), None)
    policy = effective(management, known, DECLARATIVE) if known else {}
    found = policy.get("ec2_attributes", {}).get(attribute)
    return found or {}, "declarative-policy" if found else "account"


@added_to(Settings)
def get_instance_metadata_defaults(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetInstanceMetadataDefaults.html"""
    order, manager = ordered(self.ec2_backend, "instance_metadata_defaults")
    found = dict(self.ec2_backend.metadata_defaults)
    for name, key in METADATA.items():
        if str(order.get(key, "no_preference")) not in ["no_preference", "-1"]:
            found[name] = order[key]
    if "HttpPutResponseHopLimit" in found:
        found["HttpPutResponseHopLimit"] = int(found["HttpPutResponseHopLimit"])
    return ActionResult({"AccountLevel": {**found, "ManagedBy": manager}})


@added_to(Settings)
def modify_instance_metadata_defaults(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataDefaults.html"""
    for name in METADATA:
        value = self._get_param(name)
        if str(value) in ["no-preference", "-1"]:
            self.ec2_backend.metadata_defaults.pop(name, None)
        elif value is not None:
            self.ec2_backend.metadata_defaults[name] = value
    return ActionResult({"Return": True})


@added_to(Settings)
def get_image_block_public_access_state(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetImageBlockPublicAccessState.html"""
    order, manager = ordered(self.ec2_backend, "image_block_public_access")
    state = order.get("state", self.ec2_backend.image_sharing).replace("_", "-")
    return ActionResult({"ImageBlockPublicAccessState": state, "ManagedBy": manager})


@added_to(Settings)
def enable_image_block_public_access(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageBlockPublicAccess.html"""
    self.ec2_backend.image_sharing = self._get_param("ImageBlockPublicAccessState")
    return ActionResult({"ImageBlockPublicAccessState": self.ec2_backend.image_sharing})


@added_to(Settings)
def disable_image_block_public_access(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImageBlockPublicAccess.html"""
    self.ec2_backend.image_sharing = "unblocked"
    return ActionResult({"ImageBlockPublicAccessState": "unblocked"})


@added_to(Settings)
def get_snapshot_block_public_access_state(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSnapshotBlockPublicAccessState.html"""
    order, manager = ordered(self.ec2_backend, "snapshot_block_public_access")
    state = order.get("state", self.ec2_backend.snapshot_sharing).replace("_", "-")
    return ActionResult({"State": state, "ManagedBy": manager})


@added_to(Settings)
def enable_snapshot_block_public_access(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSnapshotBlockPublicAccess.html"""
    self.ec2_backend.snapshot_sharing = self._get_param("State")
    return ActionResult({"State": self.ec2_backend.snapshot_sharing})


@added_to(Settings)
def disable_snapshot_block_public_access(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableSnapshotBlockPublicAccess.html"""
    self.ec2_backend.snapshot_sharing = "unblocked"
    return ActionResult({"State": "unblocked"})


@added_to(Settings)
def get_serial_console_access_status(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSerialConsoleAccessStatus.html"""
    order, manager = ordered(self.ec2_backend, "serial_console_access")
    enabled = self.ec2_backend.serial_console
    if order:
        enabled = order.get("status") == "enabled"
    return ActionResult({"SerialConsoleAccessEnabled": enabled, "ManagedBy": manager})


def set_serial_console(settings, enabled):
    settings.ec2_backend.serial_console = enabled
    return ActionResult({"SerialConsoleAccessEnabled": enabled})


@added_to(Settings)
def enable_serial_console_access(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSerialConsoleAccess.html"""
    return set_serial_console(self, True)


@added_to(Settings)
def disable_serial_console_access(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableSerialConsoleAccess.html"""
    return set_serial_console(self, False)


@added_to(Settings)
def get_ebs_default_kms_key_id(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetEbsDefaultKmsKeyId.html"""
    return ActionResult({"KmsKeyId": self.ec2_backend.ebs_key})


@added_to(ElasticBlockStore)  # Which has one of this name, and comes first.
def modify_ebs_default_kms_key_id(self):
    """Answers the ARN of the key. A key that does not exist is taken all the same: AWS looks for it later.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyEbsDefaultKmsKeyId.html
    """
    backend, wanted = self.ec2_backend, self._get_param("KmsKeyId")
    keys = kms_backends[backend.account_id][backend.region_name].list_keys()
    of_name = [key.arn for key in keys if wanted in [key.id, key.arn, *key.aliases]]
    backend.ebs_key = of_name[0] if of_name else wanted
    return ActionResult({"KmsKeyId": backend.ebs_key})


@added_to(Settings)
def reset_ebs_default_kms_key_id(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetEbsDefaultKmsKeyId.html"""
    backend = self.ec2_backend
    backend.ebs_key = f"arn:aws:kms:{backend.region_name}:{backend.account_id}:alias/aws/ebs"
    return ActionResult({"KmsKeyId": backend.ebs_key})
