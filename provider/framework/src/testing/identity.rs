use serde_json::Value as Json;
use tfplugin_proto::cty::{Type, Value};
use tfplugin_proto::wire::{self, provider_server::Provider as _};
use tonic::Request;

use super::json::from_json;
use super::terraform::{Applied, Terraform, answer, decode, diagnostics, encode, read_type};

impl<C: Send + Sync + 'static> Terraform<C> {
    /// Imports an object by identity, without the refresh that follows.
    pub async fn import_identified(&self, type_name: &str, identity: &Json) -> Applied {
        let Some(ty) = self.identity_type(type_name).await else { panic!("{type_name} has no identity") };
        self.import_by(type_name, "", &from_json(identity, &ty)).await
    }

    pub(super) async fn import_by(&self, type_name: &str, id: &str, identity: &Value) -> Applied {
        let ty = self.schema(type_name).cty_type();
        let request = wire::import_resource_state::Request {
            type_name: type_name.to_owned(),
            id: id.to_owned(),
            identity: self.encode_identity(type_name, identity).await,
            ..Default::default()
        };
        let response = answer(self.service().import_resource_state(Request::new(request)).await);
        let imported = response.imported_resources.first();
        Applied {
            state: decode(imported.and_then(|imported| imported.state.as_ref()), &ty),
            identity: self
                .decode_identity(type_name, imported.and_then(|imported| imported.identity.as_ref()))
                .await,
            diagnostics: diagnostics(response.diagnostics),
        }
    }

    /// Loads an identity that was written with version `version`.
    pub async fn upgrade_identity(&self, type_name: &str, version: i64, identity: &Json) -> Applied {
        let raw_identity = wire::RawState { json: identity.to_string().into_bytes(), ..Default::default() };
        let request = wire::upgrade_resource_identity::Request {
            type_name: type_name.to_owned(),
            version,
            raw_identity: Some(raw_identity),
        };
        let response = answer(self.service().upgrade_resource_identity(Request::new(request)).await);
        Applied {
            state: Value::Null,
            identity: self.decode_identity(type_name, response.upgraded_identity.as_ref()).await,
            diagnostics: diagnostics(response.diagnostics),
        }
    }

    /// Loads an identity that was written by this version of the provider.
    ///
    /// # Panics
    /// The resource has no identities.
    pub async fn load_identity(&self, type_name: &str, identity: &Json) -> Applied {
        let Some(schema) = self.service().provider().resources[type_name].identity_schema() else {
            panic!("{type_name} has no identity")
        };
        self.upgrade_identity(type_name, schema.version, identity).await
    }

    /// The identity that `json` stands for; null without one.
    pub(super) async fn identity_value(&self, type_name: &str, json: Option<&Json>) -> Value {
        let Some(json) = json else { return Value::Null };
        let Some(ty) = self.identity_type(type_name).await else { panic!("{type_name} has no identity") };
        from_json(json, &ty)
    }

    /// The type of the identities of a resource, from what it tells Terraform.
    async fn identity_type(&self, type_name: &str) -> Option<Type> {
        let request = Request::new(Default::default());
        let schemas = answer(self.service().get_resource_identity_schemas(request).await).identity_schemas;
        let attributes = &schemas.get(type_name)?.identity_attributes;
        Some(Type::object(
            attributes.iter().map(|attribute| (attribute.name.clone(), read_type(&attribute.r#type))),
        ))
    }

    pub(super) async fn encode_identity(
        &self,
        type_name: &str,
        identity: &Value,
    ) -> Option<wire::ResourceIdentityData> {
        if identity.is_null() {
            return None;
        }
        let Some(ty) = self.identity_type(type_name).await else { panic!("{type_name} has no identity") };
        Some(wire::ResourceIdentityData { identity_data: Some(encode(identity, &ty)) })
    }

    pub(super) async fn decode_identity(
        &self,
        type_name: &str,
        identity: Option<&wire::ResourceIdentityData>,
    ) -> Value {
        let Some(identity) = identity else { return Value::Null };
        let Some(ty) = self.identity_type(type_name).await else { panic!("{type_name} has no identity") };
        decode(identity.identity_data.as_ref(), &ty)
    }
}
