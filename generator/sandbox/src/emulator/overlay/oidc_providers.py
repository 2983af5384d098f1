"""IAM: the audiences of an OpenID Connect provider."""

from moto.core.responses import EmptyResult
from moto.iam.responses import IamResponse

from overlay.patch import added_to


def audiences(response):
    arn = response._get_param("OpenIDConnectProviderArn")
    return response.backend.get_open_id_connect_provider(arn).client_id_list


@added_to(IamResponse)
def add_client_id_to_open_id_connect_provider(self):
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html"""
    if self._get_param("ClientID") not in audiences(self):
        audiences(self).append(self._get_param("ClientID"))
    return EmptyResult()


@added_to(IamResponse)
def remove_client_id_from_open_id_connect_provider(self):
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html"""
    if self._get_param("ClientID") in audiences(self):
        audiences(self).remove(self._get_param("ClientID"))
    return EmptyResult()
