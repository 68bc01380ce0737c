//! What the workstation needs of the world, as a trait, so that its programs can be tested with a scripted network.

use crate::event::{CloseReason, DnsFailure, Event, Question, Record, TlsVersion, ZoneChange};
use crate::mail::Message;
use crate::proto::dns::Response;
use crate::proto::smtp::Style;
use crate::units::{ConnId, Offset, Stream, TermId, Time};
use crate::world::{Access, ClientHello, Notice, Queued, Setting, SettingFault, World, ZoneFault};
use std::net::IpAddr;
use std::ops::RangeInclusive;

/// The world as the workstation sees it. Each method means what [`World`]'s method of the same name means.
pub(super) trait Net {
    /// The time.
    fn now(&self) -> Time;
    /// Writes an event into the transcript.
    fn log(&mut self, event: Event);
    /// Asks a name server.
    fn resolve(&mut self, server: IpAddr, question: Question) -> Result<Response, DnsFailure>;
    /// Opens a connection; what becomes of it comes as a [`Notice`].
    fn connect(&mut self, to: IpAddr, port: u16) -> ConnId;
    /// A connection belongs to the program at this terminal.
    fn belongs_to(&mut self, conn: ConnId, term: TermId);
    /// Says who wrote the mail that a connection is about to carry.
    fn hands_over(&mut self, _conn: ConnId, _message: Message) {}
    /// Sends octets.
    fn send(&mut self, conn: ConnId, octets: &[u8]);
    /// Begins a TLS handshake; what comes of it comes as a [`Notice`].
    fn start_tls(&mut self, conn: ConnId, hello: &ClientHello);
    /// The versions of TLS that the server at the other end would speak in a handshake.
    fn server_versions(&self, _conn: ConnId) -> Option<RangeInclusive<TlsVersion>> {
        None
    }
    /// Nothing more will be sent.
    fn finish(&mut self, conn: ConnId);
    /// Closes a connection; no notice follows.
    fn close(&mut self, conn: ConnId, why: CloseReason);
    /// Has this input caused all the events it may?
    fn exhausted(&self) -> bool;
    /// The certificate of the authority that the workstation trusts, in DER.
    fn authority(&self) -> Option<Vec<u8>>;
    /// The attempt's randomness for one purpose of the workstation's.
    fn stream(&self, purpose: &str) -> Stream;
    /// The next news.
    fn next_notice(&mut self) -> Option<Notice>;
    /// Is there anything of this name in the DNS?
    fn has_name(&self, _name: &str) -> bool {
        true
    }
    /// The host of this name or address, and whether the learner may look into it.
    fn host_named(&self, _name: &str) -> Option<(String, bool)> {
        None
    }
    /// The mail system of a host that the learner may look into.
    fn mail_system(&self, _host: &str) -> Option<Style> {
        None
    }
    /// The settings of such a host.
    fn settings(&self, _host: &str) -> Option<Vec<Setting>> {
        None
    }
    /// Changes one of them.
    fn change_setting(&mut self, _host: &str, _name: &str, _value: &str) -> Result<(), SettingFault> {
        Err(SettingFault::Closed)
    }
    /// The zones the learner may change.
    fn open_zones(&self) -> Vec<String> {
        Vec::new()
    }
    /// The records of one.
    fn zone(&self, _name: &str) -> Result<Vec<Record>, ZoneFault> {
        Err(ZoneFault::Unknown)
    }
    /// Changes one; its serial number from then on.
    fn change_zone(&mut self, _zone: &str, _changes: Vec<ZoneChange>) -> Result<u32, ZoneFault> {
        Err(ZoneFault::Unknown)
    }
    /// May the learner look into this host?
    fn access(&self, _host: &str) -> Access {
        Access::Unknown
    }
    /// A host's time zone, and what lies in its queue.
    fn queue_of(&mut self, _host: &str) -> Option<(Offset, Vec<Queued>)> {
        None
    }
    /// What waits on a host, for one domain or all, is tried now.
    fn flush_queue(&mut self, _host: &str, _domain: Option<&str>) -> bool {
        false
    }
}

impl Net for World {
    fn now(&self) -> Time {
        World::now(self)
    }
    fn log(&mut self, event: Event) {
        World::log(self, event);
    }
    fn resolve(&mut self, server: IpAddr, question: Question) -> Result<Response, DnsFailure> {
        World::resolve(self, server, question)
    }
    fn connect(&mut self, to: IpAddr, port: u16) -> ConnId {
        World::connect(self, to, port)
    }
    fn belongs_to(&mut self, conn: ConnId, term: TermId) {
        World::belongs_to(self, conn, term);
    }
    fn hands_over(&mut self, conn: ConnId, message: Message) {
        World::hands_over(self, conn, message);
    }
    fn send(&mut self, conn: ConnId, octets: &[u8]) {
        World::send(self, conn, octets);
    }
    fn start_tls(&mut self, conn: ConnId, hello: &ClientHello) {
        World::start_tls(self, conn, hello);
    }
    fn server_versions(&self, conn: ConnId) -> Option<RangeInclusive<TlsVersion>> {
        World::server_versions(self, conn)
    }
    fn finish(&mut self, conn: ConnId) {
        World::finish(self, conn);
    }
    fn close(&mut self, conn: ConnId, why: CloseReason) {
        World::close(self, conn, why);
    }
    fn exhausted(&self) -> bool {
        World::exhausted(self)
    }
    fn authority(&self) -> Option<Vec<u8>> {
        World::authority(self).map(<[u8]>::to_vec)
    }
    fn stream(&self, purpose: &str) -> Stream {
        World::stream(self, purpose)
    }
    fn next_notice(&mut self) -> Option<Notice> {
        World::next_notice(self)
    }
    fn has_name(&self, name: &str) -> bool {
        World::has_name(self, name)
    }
    fn host_named(&self, name: &str) -> Option<(String, bool)> {
        World::host_named(self, name)
    }
    fn mail_system(&self, host: &str) -> Option<Style> {
        World::mail_system(self, host)
    }
    fn settings(&self, host: &str) -> Option<Vec<Setting>> {
        World::settings(self, host)
    }
    fn change_setting(&mut self, host: &str, name: &str, value: &str) -> Result<(), SettingFault> {
        World::change_setting(self, host, name, value)
    }
    fn open_zones(&self) -> Vec<String> {
        World::open_zones(self)
    }
    fn zone(&self, name: &str) -> Result<Vec<Record>, ZoneFault> {
        World::zone(self, name)
    }
    fn change_zone(&mut self, zone: &str, changes: Vec<ZoneChange>) -> Result<u32, ZoneFault> {
        World::change_zone(self, zone, changes)
    }
    fn access(&self, host: &str) -> Access {
        World::access(self, host)
    }
    fn queue_of(&mut self, host: &str) -> Option<(Offset, Vec<Queued>)> {
        World::queue_of(self, host)
    }
    fn flush_queue(&mut self, host: &str, domain: Option<&str>) -> bool {
        World::flush_queue(self, host, domain)
    }
}
