//! Where a history happens: an account, a state, and provider processes that come and go.

use crate::evidence::Again;
use crate::history::Trouble;
use crate::subject::{Object, Subject, Undo};
use landform_cloud::Cloud;
use landform_framework::Diagnostics;
use landform_framework::testing::{Instance, Terraform};
use landform_resources::Landform;
use landform_test_cloud::{Fault, InProcessCloud};
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// An account, and the state of a configuration with one resource.
pub(crate) struct Site<'a> {
    pub(crate) subject: &'a dyn Subject,
    pub(crate) cloud: InProcessCloud,
    pub(crate) instance: Instance,
    /// What people take back in the end.
    pub(crate) undo: Vec<Undo>,
}

impl<'a> Site<'a> {
    /// An account in which there are objects of others, and no state.
    pub(crate) fn new(subject: &'a dyn Subject) -> Self {
        let cloud = InProcessCloud::new(subject.target().account);
        cloud.world(&subject.target(), |world| *world = subject.empty_world());
        Site { subject, cloud, instance: Instance::new(subject.type_name()), undo: Vec::new() }
    }

    /// A new process of the provider, configured.
    async fn process(&self) -> Terraform<Landform> {
        let cloud: Arc<dyn Cloud> = Arc::new(self.cloud.clone());
        let terraform = Terraform::start(landform_resources::provider(move |_| Ok(Arc::clone(&cloud))));
        let block = json!({
            "region": self.subject.target().region.to_string(),
            "stack": self.subject.owner().stack.to_string(),
        });
        let diagnostics = terraform.configure(block).await;
        assert!(!diagnostics.has_errors(), "the provider block of the simulation is refused: {diagnostics}");
        terraform
    }

    pub(crate) fn objects(&self) -> Vec<Object> {
        self.cloud.world(&self.subject.target(), |world| self.subject.objects(world))
    }

    pub(crate) fn trouble(&self, trouble: &Trouble) {
        let subject = self.subject;
        let world = |change: &dyn Fn(&mut _)| self.cloud.world(&subject.target(), |world| change(world));
        match *trouble {
            Trouble::Kill(nth, when) => self.cloud.kill_at(nth, when),
            Trouble::Strike { operation, nth, times, when, kind } => {
                self.cloud.inject(Fault { operation, nth, times, when, kind });
            }
            Trouble::Weather(weather) => self.cloud.set_weather(weather),
            Trouble::Scarce(which) => world(&|world| subject.make_scarce(world, which)),
            Trouble::FailsLater => world(&|world| subject.fail_later(world)),
            Trouble::Slow(looks) => world(&|world| subject.slow_down(world, looks)),
        }
    }

    /// Ends all trouble; says whether the process had been killed.
    pub(crate) fn calm(&self) -> bool {
        let killed = self.cloud.is_dead();
        self.cloud.revive();
        self.cloud.heal();
        self.cloud.world(&self.subject.target(), |world| self.subject.calm(world));
        killed
    }

    pub(crate) async fn apply(&mut self, configuration: &Json) -> Diagnostics {
        let (planning, applying) = (self.process().await, self.process().await);
        self.instance.apply(&planning, &applying, configuration).await
    }

    pub(crate) async fn destroy(&mut self) -> Diagnostics {
        let (planning, applying) = (self.process().await, self.process().await);
        self.instance.destroy(&planning, &applying).await
    }

    pub(crate) async fn plan(&mut self, configuration: &Json) -> Diagnostics {
        let process = self.process().await;
        self.instance.plan(&process, configuration).await.diagnostics
    }

    /// Whether the next refresh finds that the object in state is gone, and drops with it the record of what belongs to it.
    pub(crate) async fn loses_the_record(&self) -> bool {
        let mut instance = self.instance.clone();
        instance.refresh(&self.process().await).await;
        instance.state.is_none() && self.instance.state.is_some()
    }

    /// What another Terraform sees. It saves nothing.
    pub(crate) async fn again(&self, configuration: &Json) -> Again {
        let mut instance = self.instance.clone();
        let plan = instance.plan(&self.process().await, configuration).await.to_string();
        let calls = self.cloud.take_calls();
        let recorded = self.instance.state.clone();
        Again { recorded, refreshed: instance.state, plan, deposed: instance.deposed.len(), calls }
    }
}
