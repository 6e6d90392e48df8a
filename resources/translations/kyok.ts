<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" sourcelanguage="en">
<context>
    <name>kyok</name>
    <message>
        <source> ({first} to {last})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> It can be restored until {until}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> Kept for {days}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> Node {number} is the primary.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> The authorization is missing as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> The clock is {hours} hours ahead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> The cloud's clock goes back to {clock}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> The first is of {day}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> The nodes of {waiting} restart by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> This takes up to a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> by {by}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> by {by}@</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> by {changed_by}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> by {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> by {person}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> by {who}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> of {group_name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> or </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> since {since}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, before the nodes learn of it and their data key is destroyed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, but {backups} under a service key until the instance is gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, of {latest}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, the latest of {latest}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 backups, no backup key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 authorization for it reaches nothing any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 backup remains{of}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 backup stays usable until it is 7 days old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 fault in force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 instance is encrypted under root keys of this instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 primary, {secondaries} secondary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 {noun}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1–{shown} of {total} {noun}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2 to 100 letters, digits and dashes. It cannot be renamed later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>3 volumes and the wrapped data key are gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>3, one per zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>30 days, fixed size, deleted by itself, cannot be converted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>30 seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>4 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>4 hours after deleting it, by itself after 90 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>: the last key checks passed {last} UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; {exports} of {day} or before still hold it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; {exports} of {day} or before still holds it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;All&lt;/b&gt; {service} instances in resource group {group}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;All&lt;/b&gt; {service} instances in {account}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;Cannot restore yet:&lt;/b&gt; {problem}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;one key&lt;/b&gt; of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A KMS instance and a root key are chosen together: the {missing} is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A Reader who may also retrieve the material of standard keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A backup is being taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A backup was restored into a new instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A checklist shows the evidence: volumes erased, data key and backups destroyed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A crash left the data of node {names} in clear on this disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A crash left the data of nodes {names} in clear on this disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A day like 2026-11-23.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A day, or a day and a time: by the cloud's clock, in UTC. One end may stay empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A deleted instance stands here for {span}, in case it was a mistake.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A description has {description_min} to {description_max} characters; this one has {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A desktop console with its own cloud inside, for databases encrypted under keys that you control. Everything runs on this machine; nothing is sent anywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A destroyed key can be restored only while its instance is there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A different person with the Manager role has to delete the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file of the data folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A free instance cannot be restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A free instance is deleted for good at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A group's name has at most {name_max} characters; this one has {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A group's name has only letters, digits, spaces and _ - . :</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A key can be rotated once an hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A key has at most {aliases_per_key} aliases; {count} were given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A key has at most {tags_max} tags; {count} were given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A key name has {name_min} to {name_max} characters; this one has {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A key ring ID has 2 to 100 letters, digits and dashes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A key ring groups keys, so that access can be given to these keys and to no others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A locked window hides everything and forgets its token. It opens with the passphrase that was typed at the start, else with the API key of the profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A month counts 30 days. Nothing stops at a rotation: databases wrap their data keys again by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name has {max_name} characters or fewer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A network or configuration rule of the instance forbids this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new instance is created and filled from the backup. {name} stays as it is. Backups are sealed under a key of the service, so they open without its root key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new version is made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new version of each is made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A node leads to its Nodes page, Create to the form with its values filled in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A node serves its data as soon as it has unwrapped the data key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page up or down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A profile needs a name of {longest} characters at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A real account, read only: its Key Protect instances and its authorizations, nothing more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A real service may take up to four hours to react to a change of its key; this cloud reacts after {seconds} seconds, as the settings say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A real service may take up to four hours to react to a change of its key; this cloud reacts at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A resource is listed here when its service registers it with a key: a database instance does so when it is created under a root key of this instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A resource with a retention policy uses the key: it cannot be deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A retention policy forbids that: while it is enabled, the key cannot be deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A root key wraps the data key of a database. Without one, databases are encrypted under a randomly generated key that you do not control.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sample is taken once a minute while the instance exists and the cloud runs. When its clock is turned, the time in between has no samples.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A scenario holds instances, keys, authorizations, databases, people, faults and the clock, but no secrets, no key material and no content of rows. What else it leaves out is said afterwards.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A scenario holds what one makes by API. These things it does not carry:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A scenario is being loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sealed file does not open: it was changed, or it belongs to another place or key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sealed file was written by a newer version of KYOK Console.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A second person must approve the deletion of this key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A secret that is stored and can be read out again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A service name has at most {service_name_max} characters; this one has {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A service name has only letters, digits, spaces and - . _ :</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A single key excludes a key ring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A snapshot keeps everything as it is now: keys, instances, data, people, the clock. You can return to it later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A tag has 1 to 128 letters, digits, spaces and _ - . : – “{tag}” has not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A tag has at most {tag_max} characters; “{tag}” has {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A tag has none of the characters &lt; &gt; , : &amp; |: “{tag}” has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A task of this instance is running ({task}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A text of the additional authentication data has at most {aad_length_max} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A threshold cannot be more than there are administrators.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A whole number, without a unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A {what} has at most {identifier_max} bytes; this one has {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A {what} has no control characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A {what} starts with a letter or underscore and has only letters, digits, dashes and underscores.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API key changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API key created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API key deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API key disabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API key enabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API key read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API keys listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API keys of all users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About KYOK Console</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access (IAM)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access (IAM): API keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access (IAM): Authorizations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access (IAM): Users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access denied ({http_status}): {message}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access denied{code}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access denied{code}{cause}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access management tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access management tags (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access that was given for this key ring reaches nothing any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account ID copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account {account}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account {account}, signed in as {person}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acknowledge key event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions of this row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activate master key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active, not initialized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active, {units}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity event read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity kept for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity of this authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity of this backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity of this key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity of this task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity searched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actual server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an administrator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add crypto unit administrator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add key ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add sample rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add users to try roles with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add what is typed, or clear it, first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add {count} sample rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Administrator {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Administrators</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After 1 minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After creating it, initialize its crypto units: before that it can hold no key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After creation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After deleting it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After how long without a key or a movement of the mouse; 0: never.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After reclamation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After {count} minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Aliases saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All activity of {target_name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All associated resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All events by {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All events of this instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All fields on one page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All instances of the source service in this group, also later ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All instances of the target service in this group, instead of one instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All log files by day and kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All need keys that are all {state}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All need root keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All nodes are disabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All nodes are disabled. Volumes and backups are kept until then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All operational units of the instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All retention policies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All service instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All services</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All types</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All units are set up at once. Until you press Initialize, nothing is changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All {count} agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All {instances} can use their keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All {number} nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow creation of root keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow creation of standard keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow import of root keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow import of standard keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allowed network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also create, import and rotate keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also disable, enable, delete and restore keys, set policies and initialize crypto units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also scale, change the configuration, download log files, back up and restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also switch logging and monitoring on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also those that are created later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also those that are created later in {account_name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also used by {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An API key signs a script or program in as you. Its value is shown once, when it is made; the cloud keeps a digest of it only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An alias has only letters, digits, dashes and underscores: “{alias}” has others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An alias has {name_min} to {name_max} characters; “{alias}” has {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An alias must not look like a key ID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An authorization for {who} and {what} grants this already: this one adds nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An authorization lets one service use another. A database service needs one, with the Reader role, to use root keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An authorization needs at least one role.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An authorization needs exactly one subject and one resource with attributes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An authorization that is removed waits here and can be restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An imported key is only as gone as your own copy: whoever has the material still has the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An imported key needs new key material to rotate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An instance has at most {most} key rings besides {ring}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An instance on the free plan cannot be scaled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An instance waits {span}, by the clock of this cloud. It is not billed meanwhile. Free database instances do not wait: they are deleted for good at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>And {keys}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>And {linked} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>And {more_keys}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>And {more_things}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another task of this instance is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another “kyok serve”, with all that this window does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any key ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any outcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any resource group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any severity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Applying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As Reader, and read standard keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As each page suggests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As it was at first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask a Manager of the instance to change its policy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask an administrator of the account for a role that contains this action.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask an administrator of the account for the Reader, Writer or Manager role on Hyper Protect DBaaS for PostgreSQL.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask an administrator of the account for the role.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Associated resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Associated resources listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At creation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At least {shortest} characters; several words are best.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most {aad_max} texts can be given as additional authentication data; these are {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most {plaintext_max} bytes can be wrapped; these are {size}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the real service key rings can cost money</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the real service this page also switches on Logging and Monitoring, which send log files and metrics to other services of the account. This cloud has no such services, so there is nothing to switch on. The log files themselves are on the page Log files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At {now}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attach console</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Aug</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorization changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorization created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorization found: {source} → {option}, role {role}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorization read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorization removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorization restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorization to delete the key cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorizations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorizations and roles for it reach nothing any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorizations listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorizations, users, faults and the activity log go too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorize</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorize the database</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Auto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Auto takes real PostgreSQL servers on the best volumes that work on this machine, else simulated nodes. The others name one kind: where it does not work, creating an instance fails and says so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic disk encryption key (default)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back again: {holds}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to an empty account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to an empty account. Its administrator, their API keys and the snapshots stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to {own}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to {own}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back up now is off: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backup expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backup interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backup restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backup started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backup taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backup {backup}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backups do not depend on {key}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backups go with the instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backups removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Base64 text, as “openssl rand -base64 32” writes it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before it can hold a key, an HPCS instance needs administrators and a master key in its crypto units.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before it can hold a key, the instance needs administrators and a master key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before the first one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Began</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Began, UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Being created.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Being disabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Being removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both are the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both need keys that are all {state}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both need root keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Breadcrumb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Break something</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring your own key: root keys in a shared hardware security module that the provider runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bringing data of an older version into the form of this one. It may take some minutes…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By day and kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By role: Key health for those who may not create instances, else the resource list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the instance policies {rules}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU time is not measured: three servers share the processors of this machine with everything else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CRN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can log in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can log in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the authorization to delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot apply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot apply yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot apply yet. {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be unwrapped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot create yet:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot log in: its rights go to its members.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Catalog</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Catalog read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate of this instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change a value first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change configuration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change identities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change instance policies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change key policies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change key registration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change key ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change primary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the rules of the emulated services</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change what the sentence names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed and not saved: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed, not saved yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes apply at once in this cloud, within 10 minutes in a real one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Charts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check --passphrase-fd or the file that KYOK_PASSPHRASE_FILE names: it holds the passphrase only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check all now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that it runs and that its address is right, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the API key, or create a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the address and the network of this machine, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the connection to the internet, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network of this machine, or use the emulated cloud, which needs none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the values and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check, then Authorize</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check, then Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checks ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checks ended {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checks, backups, expiry and reclamation follow this clock. It goes on from there and never back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder that you may write, with --home or the variable KYOK_HOME.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a key ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a key ring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a later time; `kyok reset` starts over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a root key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a service first. What it will be allowed to do stands here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an instance of your own to keep your own key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an option</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another ID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another alias.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another size first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of the key rings of the instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of the values that the settings page offers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one target service instance first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the file that holds the key material.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the instance to authorize</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the key of the new instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the source service first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the source service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the target service first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the target service instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the target service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose what may be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose what to bring back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose who may use it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen and not applied: {sizes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear data erased</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear data of node {number} erased</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear while running, sealed on stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clock read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clock turned forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close Start here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close a dialog, a panel or a menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this form?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud resource name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud set up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cluster name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours of the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns and row height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commit master key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compact, 24 pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Configuration changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Configuration read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Configure your resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirm first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirm password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirm that their data may become unreadable, then delete it by force.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed by {nodes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect and put data in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect to a real account?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting to {name}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consider {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Console</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Console attached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Console detached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Containers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied {accessible}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies the data to the secondaries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies to go back to. While one holds a purged key, that key is not shredded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy or download the value now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the CRN from the resource's details: it starts with crn:v1: and has ten parts separated by colons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the CRN or ID of the row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the account ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command and run it in a terminal of your own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the row, or the ticked rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy {accessible}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the service name first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the value and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the values and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correlation ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts while rotation is on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create Hyper Protect Crypto Services</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create Hyper Protect DBaaS for PostgreSQL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create Key Protect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create a Hyper Protect Crypto Services instance first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create a database instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create a key ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create a resource group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create a root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create an API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create an authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create an instance of {name} first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create and import key access</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create data key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create database cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create import token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create key alias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create key ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create key with policies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create one on the Key rings page first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create or import a root key in {option} first, or choose another instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create resource group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create the instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create this authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create {service}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create, change and delete instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create, change and delete instances.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create, read out, change, disable or delete a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Created by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Creating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Creating nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Creating the instance: {ready} of {total} nodes are ready.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Creating the nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Creating {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Critical</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crypto unit administrator added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crypto units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crypto units not initialized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crypto units read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crypto units with their master key, destroyed keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crypto units zeroized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Current register</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Current register: the master key in use. New register: a master key that is loaded but not in use yet; otherwise it is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Custom span of time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Custom…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut a zone off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut an HSM off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut {hsm} off from every zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut {zone} off from {hsm}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Daily schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data is securely deleted only when both are gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data is securely deleted only when both the instance and its root key are gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data is securely deleted only when both the instance and its root key are gone. Deleted instances stay listed here with their evidence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data key and backups are erased. Delete the root key to finish.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data key created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data key destroyed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data key destroyed with the root key; {backups}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data key rewrapped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data key unwrapped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data key wrapped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data volumes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database admin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database admin name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database admin password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database cluster created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database cluster deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database cluster read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Databases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Databases are made, renamed and dropped with SQL (CREATE DATABASE), as the admin user: the Overview page has the psql command. Sizes are read from the primary when this page is opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Databases go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deactivated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deactivated, still unwraps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dec</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default key, goes with the instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default key: no key service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default of {item}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default {default}. Allowed {span}. Restart: {restart}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Degraded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete database cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete instance for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete it and its reclamation to finish.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete it right away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete key alias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete key ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete resource group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete snapshot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the keys first. Each deletion says what it breaks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the root key {key}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete {count} keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete {name} first. It can be restored for 7 days, or deleted for good before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete {name} for good now, or wait until its reclamation ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted instances wait here before they are gone for good. Until then each can be restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted, restorable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted{when}{by}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleting it loses all data of the instance; backups stay 7 days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleting the instance is the last entry of Actions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleting this key loses all data of the instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deletion expiration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo mode: the sealing secret lies in a file beside the data. Do not keep real keys here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Denied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dense, 32 pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Depends on the target service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Destroy data key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Destroyed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Destroyed keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Destroyed {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detach console</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Developer tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Digest of all rows: {digest}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Digest {digest}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disable API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disable instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disable key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disable {count} keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disable {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disabled{when}{by}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disabling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk sizes in GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk, {size} GB at {price}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disks can only grow: each node has {disk} GB now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not keep the API key: ask for it at each start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download log file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download log files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download the certificate and copy the psql command. Only TLS is accepted; psql asks for the admin password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dual authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dual authorization deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each administrator gets a signature key of their own. The master key is made at random inside the units and copied to all of them; nobody ever sees it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each key is in one key ring. Access can be given for a whole instance, for a key ring, or for a single key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each node gets its own volume in its own zone and unwraps the data key itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each node has {ram} GB RAM, {disk} GB disk and {cpu} vCPU, and cannot be scaled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each server restarts in its turn. The databases stay available; sessions at a server end when it restarts. If one node does not come up, all keep their former sizes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit key aliases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit key rotation policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit name and description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Email</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emptying the account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emulated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emulated cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emulated cloud at an address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emulated cloud at {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emulated cloud {version} at {url}; database nodes: {node_driver}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emulated cloud: settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emulated, at an address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emulator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emulator / Scenarios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emulator / Snapshots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enable API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enable key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enable secure import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enable the Reader role.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enable the key again, 30 seconds later at the earliest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enabling is possible from {time} UTC by the cloud's clock: 30 seconds after it was disabled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encrypt a database with a key that only you control. {done} of {count} steps done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encrypt material and nonce again, and try once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encrypted file system (gocryptfs)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encrypted with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encrypted with an import token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encrypted with {cipher}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endpoints are public, private or public-and-private.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>English. There is no other one yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase clear data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase the clear data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase the clear data of node {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erasing files is not shredding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors, {percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estimated cost per month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event cluster.delete, 202</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event secrets.delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event secrets.delete, forced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events of the same cause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events older than this are removed, by the cloud's clock. What only they tell, such as who deleted a key, is no longer known then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every call names the instance in its header.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every database instance of the account, and whether its nodes can use their root key. Worst first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every key service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every node of {instances} asks now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every node unwraps its data key with {key}. See which nodes can, and what happens when the key is disabled, the authorization removed, or a zone cut off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every {every}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every {every}, next on {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every {service} instance in resource group {group}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every {service} instance in {account}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything an Editor may do, and give access to others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything an Editor may do, and manage access for others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything in this account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is as it was then.{clock}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is copied inside the data folder, sealed as it is. Nodes stop for a moment and start again; requests wait.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evidence: {evidence}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Example: 2027-12-31 (its end, UTC). Cannot be changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Examples: access:dev</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Examples: env:dev, version:1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expiration date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expiration date (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expire key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expires</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export and import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the whole state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exports (*{suffix});;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed: {failure}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed: {message}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failing requests, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>False</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fault ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fault started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faults in force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faults listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faults that are started here or on a Nodes page are listed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faults undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File with key material</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files are being downloaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill in these values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fills by itself as soon as the authorization exists.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First key check under way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First key check under way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First page saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First row, last row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder for the log files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For Hyper Protect Crypto Services: RSA-OAEP with SHA-1, the proof with AES-CBC.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For Key Protect: RSA-OAEP with SHA-256, the proof with AES-GCM.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For all tables. Rows with two lines are 16 pixels higher.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For example env:dev or team:payments.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For {period}, then the instance is deleted by itself. It cannot be changed into a flexible one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Four users added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free plan: this instance is deleted by itself in {left}, on {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space on it, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From any zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From must be a day or a time like 2026-11-23 17:45.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the HSM to the nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From which networks the service answers requests for this instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From {begin} to {end}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From {zones}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full committed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full uncommitted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generated root keys rotate by themselves. Imported keys rotate only by hand: their material is yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Getting started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a whole number above 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it a name first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it the size it needs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give one end of the span at least.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the new material as base64.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give {what} first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Global</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to {target}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gone with it: {contents}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grace period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gray 10</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gray 100 (dark)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gray 90</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Groups order the instances of an account; roles and authorizations can be given for a whole group.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HPCS instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HSM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HSM (HPCS instance)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HSM (Key Protect)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HSM cut off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HSM is deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HSM region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half one: done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half one: instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half one: not done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half two: done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half two: not done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half two: root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Have key services fail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height of table rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height of table rows saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help for this page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here sizes are figures that the cloud keeps and charges for: they limit neither the memory nor the processors nor the disk of a server on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden while you type; wiped after it is sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide {label}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Holds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far the protection reaches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long a node runs on when it cannot reach its root key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long after a change of a key or an authorization the nodes learn of it. The real service may take up to four hours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many signatures a command needs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often each instance is backed up by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often each node checks its access to the root key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the material travels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to come back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to connect, what encrypts the data, and what it costs. This page was called Manage until April 2021.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to connect, which keys it holds, and which databases depend on them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I understand that {names} stop within a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I understand that {names} stops within a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IAM ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IBM Cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IBM Cloud, read only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IBM Cloud: real account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IBM has taken no new instances since March 2026. Here it can still be created.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IBM's SDKs, command line and Terraform sign in to this cloud with an API key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Identities changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Identities read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If a root key is deleted, the databases under it stop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If no other node and no backup has it, it is gone for good.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If that was you, the service refuses: the second person must be a different one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you close the form, that is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you leave this page, that is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If {key} is deleted, this instance stops and its data cannot be recovered from it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If {key} is deleted, this instance stops until the key is restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a whole state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import token created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import token retrieved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Imprint mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Imprint mode: a new unit that has no administrators yet, so that its first ones need no signature.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In IBM Cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a grace period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In an instance of your own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In memory, sealed on disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In pixels; page: as each page suggests. Rows with two lines are 16 pixels higher.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use elsewhere: {others}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In {count} of {total} nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In {nodes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In {words} nothing is due but key checks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In {words} this happens by itself:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inactive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incomplete: the instance is gone, the root key still exists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incomplete: the instance {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incomplete: the instance {state}, and so does the root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incomplete: the instance {state}, the root key still exists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incomplete: the root key is destroyed, the {subject}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Information</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Initialize</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Initialize crypto units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Initialize it next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Initialize the crypto units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Initialize the crypto units before you create a key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Initialize them on the Crypto units page, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Initialized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Initialized: {units} hold the same master key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance deleted for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance ordered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance policies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance policies changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance policies read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance, data key and backup key destroyed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance, data key and backups are gone. There was no root key of yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance, data key, backups and root key are gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instances listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instances that use it stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instances that use this authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instances that wait for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Integration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invalid key request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Issue service token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It acts at once, on everybody. Under “Private only” this console, which comes over the public network, is refused everything in this instance: you cannot undo it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It acts at once, on everybody. Under “Private only” whoever comes over the public network is refused everything in this instance. This console, which comes over the private network, goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It acts at once. Keys that exist stay as they are and go on working.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It appears in the table when it is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It appears under Backups when it is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be changed and deleted again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be once a cloud has answered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be restored for 7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be restored for 7 days under Secure deletion.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be restored for {span}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be restored for {span}. Then it is gone for good.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can no longer be restored; restore a backup into a new instance instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be scaled, and not be changed into a flexible one. To keep the data, restore a backup into a new instance on the flexible plan before then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It comes over the public network. The way back is a request from inside the cloud's private network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could still be restored until {day}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It holds no instances.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It holds no key yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is being asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is being done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is being looked at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is being saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is gone: reload the page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is listed below until it is undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is sealed under a service key, not under {keys}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is unknown whether {user} is still a user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is {now}, {words}. The clock can be turned forward, never back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is {now}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have been removed meanwhile: reload the page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It needs keys that are all {state}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It needs root keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It now has values that this form does not show.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It opens with the key, as it was sealed last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its data cannot come back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its data stays lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its database closes. No data is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its key is denied, so it cannot be sealed. Make the key usable again and it is opened and sealed as usual, or erase it: then what was written since the volume was sealed last is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its keys are gone: the data here cannot be read again. {backups_left}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its metadata and every sealed form of its material are removed. An imported key is only as gone as your own copy of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its nodes start again with the same data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its progress stands below, node by node.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its root key is left then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its server runs and waits for the others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its three volumes and its data key are erased. Nothing of it can be read again, with any key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its values are the same again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its volumes, data key and backups are gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jul</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KMS instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KMS keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KYOK Console</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KYOK Console {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KYOK Console, resource list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep a copy elsewhere if it is still needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the API key in a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep your own key: a dedicated hardware security module whose master key only you hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept in the keyring of the operating system, and in no file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept in {file}. Only you can read the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept, not readable now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept, unreadable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key Protect instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key Protect instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key alias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key alias (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key alias created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key alias deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key aliases, separated by commas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key check interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key check, ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key checks, last 24 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key created with policies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key details read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key disabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key enabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key event acknowledged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key health</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key management API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key material</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key material is base64 text; this is not. A file made by “openssl rand -base64 32” is right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key material is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key material, base64</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key moved to another ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key not found, {shredded}{exported}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key of the service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key policies changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key policies read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key purged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key registered to a resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key registration changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key registration removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key registration replaced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key ring ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key ring created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key ring deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key ring {id} deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key ring {ring}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key ring {ring} created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key ring {ring}, {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key ring: {ring}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key rings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key rings and EP11 keystores together: {free} are free, each further one is about 225 USD a month.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key rings listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key rotated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key rotation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key service instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key set for deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key shredded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key version ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key version date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key versions listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys are being checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys are being checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys in the way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys in the way, {count} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys that exist keep what they have; only keys made from now on get this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys, not destroyed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys: {keys}. Databases: {databases}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kill a node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kill node {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Know how it ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Know your way back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Known states. Loading one replaces everything that is here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lag, bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 2 hours, each minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 24 hours, each quarter of an hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last change of parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last change of sizes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last event: {link}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last modified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last rotated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last successful unwrap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last unwrap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last updated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Late by, ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latency of the last key check that passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave this page?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Less {label}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let a service use another one. Nothing changes before you press {} on the last step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let a service use another one. Nothing changes before you press {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let another Manager delete it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let it use the root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letters, digits, - and _. Unique in this instance, upper and lower case differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linked databases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List API keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List associated resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List authorizations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List faults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List key rings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List key versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List log files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List passed key checks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List reclamations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List resource groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List roles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List root keys; wrap, unwrap and rewrap data keys with them; register that it uses them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List scenarios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List snapshots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load a scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load master key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load {count} sample rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading “{title}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading, {count} keys so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Location</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock the window without input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locks per transaction, on average.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log file downloaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log files listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log in so that the keyring is unlocked, or let the console ask for the API key at each start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logging and Monitoring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logging and monitoring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the rows and add some on the Nodes page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lost: users, authorizations, faults and the activity log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lost: {parts}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made (wall time)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made anew: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a snapshot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make key services slow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make snapshot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the column narrower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the column wider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making an instance, backups, and changes of sizes or parameters are tasks. They go with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making the snapshot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Manage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Master key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Master key activated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Master key committed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Master key loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory of the database server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory, bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory, disk and vCPU chosen one by one and changed later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu of the row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Milliseconds before looking for a deadlock.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirrors: {mirrors}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Modified by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Months between rotations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More options of the source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More options of the target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More than a Reader: also create and edit resources of the service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More than a Writer: also the privileged actions that the service defines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More {label}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most concurrent connections.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most transactions prepared at the same time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move from cell to cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move it to {ring}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move its keys to another ring; destroyed ones go to “default” when you force the deletion.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move them to another ring, or delete them first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move them to {ring}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to key ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move {column} earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move {column} later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My API keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name at least one administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name it and check the sizes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name, for example anna@acme.example</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs the {roles} role {where}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never authorized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never leaves the service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never set: the service's own rule holds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New data keys are wrapped with the newest version; older ones still unwrap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New register</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New, per node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New, three nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newest events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newest events of this instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newest sample rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newest version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next rotation on {day}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No API keys yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No active root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No active root key: create or import one first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No associated resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No authorization covers this key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No authorization: {source} → {option}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No authorizations yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No backup is left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No backup remains.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No backup yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No backups yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No check yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data is lost yet. {first}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data is lost. Nodes restart by themselves once a key check passes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data is lost. Nodes restart by themselves once a key check passes.{also}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data is lost. Nodes restart by themselves once the authorization is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data is lost. Nodes restart by themselves once the key is enabled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data is lost. Nodes restart by themselves once the same master key is loaded again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data is lost. The authorization is missing as well: nodes restart once both are cured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data is lost. {name} is disabled as well: nodes restart once both are cured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data is lost. {returning}{also}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No database instance uses {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No database instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No database instances yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No database uses a key of this instance. The key is chosen when the database is created.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No database uses it yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No event matches. Try a longer time or fewer filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No evidence yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No instance holds root keys yet. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No instance uses this authorization now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No keys yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No keys: the service may not list them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No other instance has its data key under it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No other instance uses it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No passphrase is chosen yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No path from any zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No path from {nodes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No path from {zones}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No path to the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No path to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No problem found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No problem.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No registration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No registration. A database instance registers itself when it is created under this key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No removed authorizations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No resource is listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No role allows this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No role allows this on {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No role attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No roles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No rows yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No running instance depends on this authorization.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No running instance stops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No running instance uses {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No sample yet of: {titles}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No server restarts: every node takes it at once, sessions go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No servers: psql cannot connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No snapshot yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No volumes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No {name} instance in this account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No {noun}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No {noun} match.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No {noun} yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody (no token)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody can change or delete it until it is unlocked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody can delete the key alone any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody can sign in with it any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody can use the keys of the instance. Nodes under them run on for the grace period, then they stop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node 1 stops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node 2 stops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node 3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node 3 stops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node by node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node {names}: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node {numbers}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node {numbers} {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node {number} is the primary now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node {number} is {state}{reason}; all three nodes must run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node {number} of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node {number} serves again by itself once one of the others is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node {number} {message}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node {number}, {begin} to {end} UTC: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node {number}, {zone}: {checks}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node {number}, {zone}: {key_status}, {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes in the zone cannot reach the key service. They run on for the grace period, then they stop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes of new instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes restart by themselves once the key is restored, possible until {until}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes scaled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes with the same data; {backups}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes {names}: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes {numbers}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes {numbers} {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None, the nodes are simulated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None: imported keys rotate by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None: this instance uses a random key that the service keeps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normal, 40 pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not all keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not at all: make another key, and give it to them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not authorized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not begun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not initialized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not initialized: initialize its crypto units first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not initialized: no root key can be created here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not kept: the console asks for it when the profile is used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not readable now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not readable now: no node is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not readable yet: the nodes are starting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not readable: no node can unwrap the data key, so the rows stay sealed on their volumes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not readable: the root key is deleted, so these rows cannot be read again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not restorable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not shown to you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not without its key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not wrapped yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing brings its data back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing brings their data back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing changes yet. A different person with the Manager role deletes the key, until {until}. After those {span} it has to be scheduled again. Until then it can be cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found for “{text}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing half-made remains: no node, no volume, no data key. Delete this instance and create it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has to be done. Purging {key} also takes away the way back to the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is broken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is created yet. You have entered: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is registered with this key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing measured yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing narrows it further</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing stops.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing stops. No data is encrypted anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing waited for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing waits for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing waits for its reclamation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was changed. Choose the same size or a larger one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was changed. Choose values within the limits of the service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was changed. Lower shared_buffers first, or keep more RAM.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was changed. Make two changes, one after the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was changed: every node has its former values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was ever created here, so there is nothing to delete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing. Instance, data key and backups are gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing. Instance, data key, backups and root key are gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notify the users of the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nov</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now in key ring {ring}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now in {count} key rings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now {causes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now {causes}. The data cannot be recovered from these instances.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now {causes}. The data cannot be recovered from this instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now {now}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now {price}, the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now {price}, {difference} USD less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now {price}, {difference} USD more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now, per node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of crypto units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers of vCPUs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Observability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Oct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of all databases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off: the key rotates only when somebody rotates it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On a copy, then restore a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On demand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On: two people delete it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Once the instance is gone for good too, its data is securely deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One after the other, {nodes}, the primary first, because no secondary may have a lower limit than its primary.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One after the other, {nodes}, the primary last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file with everything: database, crypto units and the nodes' sealed volumes, under this passphrase alone. Deleted keys and API keys are left out. Keys that you purge later stay readable in this file for whoever has it and the passphrase. Nobody can recover a lost passphrase. Nodes stop for a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One key, AES-256</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One node after the other: first the secondaries, {names}, last the primary, {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One person can delete this key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One person has scheduled the deletion.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One person has scheduled this deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One person schedules the deletion of a key, a different one with the Manager role deletes it within seven days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One person schedules the deletion; a different one with the Manager role deletes the key within {span}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One rotation an hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only TLS is accepted. No node serves the data now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only TLS is accepted. psql asks for the password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only a snapshot or an export that you made before can bring them back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only activity of {target}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only an Administrator of the target can do it; ask one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only events by {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only events of the same cause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only networks inside the cloud; this console is in one of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only networks inside the cloud; this console is shut out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only root keys can do this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only services that can protect a source instance are listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only services that can protect a {service} instance are listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only services that can protect a {service} service are listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the emulated cloud can do this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the name changes: ID, CRN and keys stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only {label} can be chosen (db_version “{version}”).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Backups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Crypto units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open KMS keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open in terminal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open or fold the side navigation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the catalog</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the checklist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the resource list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open what the cell leads to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens without your root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Operational</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Origin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over http the API key could be read on its way to another machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Owner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passed key checks too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay by key version. The module is ready at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pending reclamation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port for allowed addresses read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Possible from {moment}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Possible until {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pre-active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Present state saved as a scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press a button, open a menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press a tag to remove it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Primary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Primary changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Private network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Private only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Privileges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Privileges by database</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profile saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Propagation delay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protected by the connection alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provisioning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provisioning failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provisioning failed: {failure}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Public and private</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Public network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purge deleted keys, and nothing else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purge deleted keys, and nothing else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purge key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purge the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purge the key (takes away the way back)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purgeable from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purged by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purged by itself after 90 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purged, storage key changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purged{when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purging is allowed from {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purging is allowed from {moment}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purging is allowed since {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put data in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RAM sizes in GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RAM, disk and vCPU of each node, with the price before anything is changed. Disks only grow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RAM, disk and vCPU of each of the three nodes, and what they cost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RAM, {size} GB at {price}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random key, kept by the service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random, by the service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random, kept by the service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random, made inside the units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reached from {reached} of {zones} zones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read activity event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read back after deleting it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read back from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read back from the services</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read back {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read catalog</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read configuration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read crypto units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read database cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read identities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read instance policies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read key details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read key policies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read port for allowed addresses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read-only actions inside the service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read-only: no second node confirms writes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Readable by the service alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reader role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the backups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the crypto units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the record…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the root keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Real servers, a crash may cost about two seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Real servers, encrypted at every moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Real servers, not protected while they run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Real, read only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason and last check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recently removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recently removed authorizations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reclaimed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reclamation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reclamation ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reclamation {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reclamations listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnect {hsm}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnect {zone} to {hsm}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recover node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recovery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refreshed {moment} UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refreshed {moment} UTC. Tick files to download them; that needs the Manager role.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse a second rotation of a key within an hour, as the real service does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Register key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rehearse deleting a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reload the key: its state allows other actions now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reload the list of keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reload the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reload the page and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove filter {filter}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove filter {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove it under Authorizations, or keep it for the day the instance is restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove key registration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove tag {tag}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed {moment} by {person}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removing is in each row's menu. It shows first which instances stop. Only an Administrator of the target can remove; {note}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename resource group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace everything that is here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace key registration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replication lag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replication lag of the secondaries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report, without any of your data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests to keys take longer. After five seconds a node counts its key service as unreachable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Require two people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Require two people for deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Require two people to delete {key}, for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Require two users to approve key deletions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource group created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource group deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource group renamed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource group {name} created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource group {name} deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource groups listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resources that are registered as using a key of this instance. Deleting the key makes their data unreadable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restarting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restorable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restorable for {left}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restorable for {left} more days, purged by itself after 90</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restorable until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore a backup into a new instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore backup into a new instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore into a new instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore it first; that is possible for 30 days after its deletion.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore it here under Recently removed, or from the Nodes page. The nodes then restart by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore it here under Recently removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore key, until {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore one into a new instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore or end instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore the data folder from a backup made as a whole, or start over with `kyok reset`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore the root key first, then the instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore the root key first, then the instances.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore {count} keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore {name} before {until}; nodes then restart by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring a backup into {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring a backup of {source} into {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring brings the authorization back with its own id, values and description. The nodes of instances that wait for it then start by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring is possible from {time} UTC by the cloud's clock: 30 seconds after it was deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring it brings {names} back by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring the backup of {name} failed, taken {moment}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring the backup of {name} failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring the key does not bring the data back: the database service destroys its data key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring the key does not bring {names} back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring the keys does not bring {names} back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring them brings {names} back by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring {key} is possible for 30 days and lets other instances go on, but this instance does not come back. Its backups are sealed under a key of the service and can be restored into a new instance until they expire after 7 days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retention policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retention policy disabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retention policy enabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retention policy: Disabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retention policy: Enabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retrieve import token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return to snapshot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Returned to a snapshot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Returning to the snapshot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revocation threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rewrap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rights that the service gives the admin user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Role attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Roles listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root key destroyed by {person}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root key destroyed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root key destroyed{by}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root key disabled{by}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root key enabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root key in {instance}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root key restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root key state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root key {key_name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root key {name} in {hsm_name} protects this instance. Every node checks its access to the key {check_interval}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root keys can be created now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Root keys protect the data keys of your databases. Standard keys are stored secrets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate key: {rotate_role}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate new root keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate {count} keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotation policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotation policy saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row height, all tables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows are being added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows can be added as soon as the nodes run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule in force: when a root key is deleted, its databases lose their data key for good.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule in force: when a root key is deleted, its databases stay sealed until it is restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rules of the emulated services</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rules of this instance. Each card is saved by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run `kyok doctor` to see what is missing, or read kyok.log in the data folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running, key connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running, node {number} {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running, {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running, {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same cause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample rows added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save its file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the scenario's file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved {since} by {who}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved {since}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Says more than the form can show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scaling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scaling has begun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenario loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenario read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenarios (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenarios listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Schedule key deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scripts and programs that use it are refused from their next sign-in on. Access tokens that they have already live for one hour at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealed data does not open: it was changed or cut short, or the key is not its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by ID or person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by instance or root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by instance, key, HSM or zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by name or ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by name or attribute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by name, alias or ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by name, description, owner or ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by name, email or role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by name, location or CRN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by name, service or location</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by name, service, location or tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by person, action, target or correlation ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by resource, key name or key ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by service, instance or role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by service, instance, scope or ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by service, instance, scope, role or ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by task, state or reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by time or kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by time or node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search for the full ID, or narrow the filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search for “{text}” in KMS keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search resources and pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search scenarios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secondaries first, the primary last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secondary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secure deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secure deletion checklist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secure deletion needs both halves: the instance and its root key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secure deletion needs both the instance and its root key gone. The checklist shows the evidence of each half.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secure deletion of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Securely deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Security</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See instances and manage their credentials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See instances and manage their credentials.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See instances, authorizations and the activity log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See instances, but change nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See keys and let services wrap and unwrap with them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See nodes, users, databases, backups and tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See that you may read and write all that lies in the folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See that you may write into the data folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See the list of emulated operations in the documentation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See whether every node reaches its key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See {target}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a KMS instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a database version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a pricing plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a region/location</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a resource group (cannot be changed later)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all {count} that match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all {count} that match so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select an initial RAM allocation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select an initial disk allocation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select an initial vCPU allocation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send less at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the members that the documentation of the service names, and no others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server logs are kept for {days} days, audit logs for {audit_days}. Tick files to download them, or press the name of one. Listing needs the Reader role, downloading the Manager role.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Servers restart: {who}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service and location</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service key, kept 7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service name of the new instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service token issued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions at a server end when it restarts; the databases stay available. If one node does not come up, all get their former values back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions of clients</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set for deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set key for deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set signature thresholds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set up cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Setting saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Severity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shared memory buffers in MB, at most 40 % of the RAM.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorten the description to {description_max} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show its instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show its keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide a secret while typing it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show {label}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shut this console out of the instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side navigation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in as one of them from the menu at the right of the header.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in as somebody else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in with a valid API key of this account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in with an API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign-in and API keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signature threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signature thresholds set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in as somebody else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in as {person}, account {account}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in as {user_words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in as {user_words}. Sign in as somebody else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in with an API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated nodes run no database server, so there is nobody to ask for {list_of}. Their sample rows are on the Nodes page. API v3 answers here as a fresh instance of the real service would. Instances made while PostgreSQL is installed on this machine have real servers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated nodes run no database server, so they write no log. Each has the two files that every node has, and they say just that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated nodes run no server, so there is no {titles}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated nodes take it at once: no server restarts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated nodes take new sizes at once: no server restarts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated: psql cannot connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since {begin}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Situation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size and place of the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the backups kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size on disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size on disk, bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size per node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size, bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sizes cannot be chosen on the free plan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sizes now and new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slow, {milliseconds} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snapshot deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snapshot made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snapshots listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some chosen columns need a wider window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some of the requests to keys are answered with an error, for nodes, programs and this window alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody changed it meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody changed it meanwhile: reload the page and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody else made an import token meanwhile, so this one does not hold any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody removed it meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something changed meanwhile: reload the page and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something in the console went wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort by the column, downwards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort by the column, upwards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source and target are known, so the form opens filled in. You only confirm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source resource group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source service instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard keys cannot be imported with a token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard keys have no versions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard keys protect no resources.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start node {number} again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the console again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start with a Hyper Protect Crypto Services instance. It holds the root key that only you control.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting the emulated cloud…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts its database server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State: {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State: {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step {number} of {steps}: {what}. {time} so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps. {steps}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop a node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop node {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped, {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped, {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped, {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped: {message}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops in {countdown}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops in {deadline}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops in {span}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops {deadline} at the latest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storage protection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storage protection: {name}. {summary}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storage used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storage used, bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storage used, per node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Success</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Summary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch over to node {number}: it becomes the primary, no row is lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronize</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronize all resources of this key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronize associated resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronize tells the services of the listed resources the state of their keys once more. The service allows it once an hour after the last change of a key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags of {name} saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the ticks back, then the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken after creation, daily and on demand, kept for {days}, and readable without your root key. Restoring one into a new instance is the only way back once the root key is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tall, 48 pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Target CRN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Target instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Target resource group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Target service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Target service instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tells the services that use the key of its state once more. At most once an hour after a change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ten years at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That holds until {moment}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is not right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is {span}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That key is destroyed already. Without this instance it can never come back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API key cannot be kept in the operating system's keyring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API key is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API key of the emulated cloud cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API key of this profile is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API key was not accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API key was not found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The access token cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The access token is missing or has expired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account {account_name} is here now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account, its administrator with his API keys, and the snapshots. The clock goes back to wall time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The activity log cannot be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address of the cloud is not one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The alias is taken in this instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The attribute “{name}” cannot be used here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The authorization covers {count} of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The authorization is missing as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The authorizations are being read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The best that works on this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate is in {certificate}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The change has begun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clock cannot be turned now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud did not answer in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud gave an answer that this version cannot read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud inside this console seals everything it keeps. No working keyring was found, so the seal needs a passphrase. It cannot be reset: without it the data folder stays closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud is busy: wait a little, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud keeps a digest of it only: it cannot be shown again. Whoever has it can sign in as you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud refused the request ({status}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud refused the request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud seals everything it keeps with one. Choose it, and the cloud starts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud waits for its passphrase.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud's clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud's clock can only be turned forward.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud's clock: {now}. Turn it forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection works</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The crypto units are initialized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The crypto units are not shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The crypto units need a master key first. Until then Add key is off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The crypto units of this instance are not initialized.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data cannot be recovered from these instances.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data cannot be recovered from this instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data folder cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data folder is sealed with a passphrase.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data folder {root} cannot be used: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data here cannot be read again. {backups_left}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data key is destroyed: the data is lost even if the key is restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data key is made and wrapped by your root key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data key is made by the service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data key was destroyed when the root key was deleted before. Nothing more is lost there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data of {instance} is encrypted with a data key that only &lt;b&gt;{key}&lt;/b&gt; could unwrap. When the nodes learned that this root key was deleted, the database service destroyed its wrapped data key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data stays sealed; it is readable again when the key is restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data was restored from a backup of {name}, taken {moment}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data was restored from a backup of {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database admin password is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database cannot be used from now on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database has just come up: its rows are being counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database serves already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database service keeps its data key: nodes return when the key is restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database service must be authorized for it under Manage &gt; Access (IAM) &gt; Authorizations.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database stopped{when}: it needs two nodes, and only node {number} can run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The databases of this instance with their sizes. This page only shows them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk that holds the data folder is full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The emulated cloud answers for every instance at one address; the instance ID says which is meant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The emulated cloud could not be started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The emulated cloud did not start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The emulated cloud does not offer this yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The emulated cloud is back. Nothing acknowledged was lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The emulated cloud is not wanted any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The emulated cloud stopped. Restarting it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The end is before the start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The expiration date has passed already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be read: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file holds {count} raw bytes. “openssl base64 -A -in FILE” makes base64 text of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is larger than any key material. Choose the file that holds only the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is opened and proved first: if it is damaged, or the passphrase is wrong, nothing changes. This console stays signed in as the administrator of what is imported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {filename}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first backup is taken right after the instance is created. Without a backup the data is lost when the root key is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first key check is under way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first one schedules it in the key's menu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first rotation is due at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first {count} are listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The five parameters of the database servers that may be changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The group of an instance is chosen when it is created and cannot be changed afterwards. A group can be deleted when it holds no instance and none that could still be restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The import token cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The import token is used up or has expired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance as it was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance can use its key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance does not allow to create root keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance does not allow to create standard keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance does not allow to import root keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance does not allow to import standard keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance exists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance has 50 key rings already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance has no nodes yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance has these sizes already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance is being created.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance is not active: {state}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance policy does not allow it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance policy enforces secure import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance takes key material with an import token only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance waits for its reclamation. Restored, it comes back with the same nodes and data. After 7 days it is deleted for good, or earlier if you say so under Secure deletion.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key can be enabled in {left}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key can be restored for 30 days and is purged after 90</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key can be restored in {left}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key can be restored until {day} and is purged after 90 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key can be used in {left}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key can be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key can still be restored, but nothing is left that it could open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key cannot be changed later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key cannot be restored: the expiration date has passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key cannot be used yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key exists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key has expired and cannot come back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key has expired: it still unwraps, but wraps nothing new.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key is deleted: it can be restored for 30 days and is purged after 90.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key is disabled: nothing can be wrapped or unwrapped until it is enabled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key keeps it as long as it exists, whatever the policy of the instance says. Nothing stops now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key protects resources and was not deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key refuses every use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key ring holds keys. Destroyed keys count, too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key ring {id} is gone, no key is lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key rings are being read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key was deleted more than 30 days ago.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key's state is told again to the services of {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring no longer holds the API key of this profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keys are being read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keys are being read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keys are in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keys can be restored for 30 days and are purged after 90</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keys can be restored until {day} and are purged after 90 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keys cannot be restored: the expiration date has passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last key check did not pass.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of profiles cannot be written: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The material is made inside the crypto units and never leaves them in the clear.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The material of a root key has 16, 24 or 32 bytes; this has {size}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The material of a standard key has 1 to {standard_material_max} bytes; this has {size}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The material stands in the request as base64 text. Only the connection protects it: whoever reads the request where the connection ends, as in a proxy or a log, has the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The material was wiped: give it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The medium, the file system's journal and its snapshots may keep copies of what was clear.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The member “configuration” must be an object with at least one parameter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The member “resource” must be an object with cpu, memory or storage.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name “{name}” is kept for the service itself; choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The new price holds when all three nodes have the new sizes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The newest {count} of {rows}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The newest {count} of {total} are listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next part, the one before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next try is possible in {seconds} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The node ends in good order and stays stopped until this is undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The node is being created.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The nodes are simulated: psql cannot connect. Look at sample rows, and add some, on the Nodes page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The nodes come back when the key is restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The nodes go on: an expired key still unwraps. It wraps nothing new, so no new instance and no restore can use it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The nodes learn of the last change at {moment}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The nodes of {names} restart by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The nodes of {names} stop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The nodes restart by themselves, with the same data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The nodes then restart by themselves, with the same data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The operator “{operator}” is not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other nodes keep the database running.{who}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page on which the console opens. By role: Key health for those who may not create instances, else the resource list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page then turns to &lt;b&gt;securely deleted&lt;/b&gt;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The parameter {name} is a text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The parameters cannot be read: no node serves the data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The passphrase cannot be read from {source}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The passphrase cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The passphrase file cannot be read: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The passphrase from {source} {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The passphrase needs {shortest} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password has a character that is not allowed: no &amp; # &lt; &gt; " ' \ ` and no blanks or accents.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password is too short: it needs {min_length} characters or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password needs a digit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password needs a lower case letter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password needs an upper case letter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The policy type must be “authorization”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The present state as a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The profile in use cannot be removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The repeated password is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The request does not say what is to be changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The resource group is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The resource groups are being read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The resource needs an accountId.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The resources are being read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The role {role_names} is not offered for this pair of services.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rows in sight are selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same alias is given twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same attribute is given twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same authorization exists again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same exists again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scenario “{title}” is not loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The search covers too many keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The second, {other} with the Manager role, can delete the key until {moment}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The second, {other} with the Manager role, can delete the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The secret stored in {names} cannot be read any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server of the node ends at once, as by a crash, and is started again. This happens once: nothing to undo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service and the instance that may be used. It is always in your own account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service destroyed the data key when the root key was deleted. Restore a backup into a new instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service keeps this key itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service left IBM's lists in 2023. Here it can still be created.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service made the key of this instance and keeps it. A key of your own is chosen at creation only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service made this key and keeps it. It cannot be disabled, rotated or deleted by you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service makes a key pair for this import, which can take some seconds. This window encrypts the material for it, in memory, and sends only that: on the way nobody can read it. What the window held is wiped after it was sent, as far as Python can.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service makes a random key and keeps it. You cannot disable or delete it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service name is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service that is given access. Only services that can use others are listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service's own key is not checked, so there is no latency of key checks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service's own superuser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The services of their resources are told.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The subject needs a serviceName or a resourceGroupId.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The subject needs an accountId.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tags were not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The target must be in the account in which the authorization is made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The task, node by node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The terminal could not be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two entries are not the same. Type the passphrase again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two passphrases are not the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two passwords are not the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The units are being initialized.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The users of the database and their rights in it. This page only shows them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The value of “{name}” must have 1 to {value_max} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The volumes are made, and the first server starts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The volumes are unreadable without the key{hold}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The way back is here: this console is connected to {address}, the private endpoint, which stays open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The way back is {address}, the private endpoint, which stays open: use a profile of an emulated cloud at that address, or send the request there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole state as it is now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole state as one file under a passphrase, for another machine or for keeping. The same does kyok export and kyok import on the command line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window cannot be locked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window is locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window keeps its own settings; the emulated cloud keeps the rules. Changes are saved at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window was closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {list_of} cannot be listed now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {what} is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their databases close. No data is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their master key is lost with them. A new instance starts without administrators (in imprint mode).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their secrets are lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their services are told of the deletion.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then its crypto units are erased too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no events to export.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no log files: the instance is not active.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no nodes that hold data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no rows to export.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no tags yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a group {name} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a key ring with this ID already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a key ring {name} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a profile “{name}” already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is already an authorization for this source and target.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is an authorization for {source_words} and {what} already. Nothing more is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no API key to sign in with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no backup of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no connection to the cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no database instance yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no host and no port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no instance to lose.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no key service instance yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no list of {list_of}: the instance is {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no list of {list_of}: the nodes are simulated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no other key ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no parameter “{name}” to change: there are {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no setting “{name}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no size “{name}”: there are cpu, memory and storage.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no way back to this key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is none yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to lock before a cloud is connected: the window shows no data and has no token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to show without a connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There they can be restored and purged as before, by those who have access to that key ring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There were {rows} when last read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These instances use their root key through this authorization. Running ones stop when it is removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These resources are registered as using this key. Deleting it makes their data unreadable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These values are not allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are sealed under a service key, not under {keys}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They do not agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They do not depend on {key}. Restore one into a new instance before it expires.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They hold for everybody who uses this cloud, and are saved as soon as you change them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They reach the key service over the private network: their nodes keep running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They stay listed; a new group has another ID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This API key belongs to somebody else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This authorization cannot be edited here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This authorization does not exist any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This authorization is gone already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot be taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot be unwrapped with that key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cloud does not tell which.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This console does not know what depends on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This console lists Key Protect instances and authorizations of the account. It changes nothing, and nothing more is promised. Everything else needs the emulated cloud: choose it under Settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This console signs in with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This console will be refused everything in this instance, including this page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This instance has no keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This instance is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This instance was created without a root key of yours. A key can be chosen only at creation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This instance was deleted for good.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a folder. Choose the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a real account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a cloud resource name (CRN).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not an IBM product. IBM's names describe what is mirrored. Icons and theme: Carbon, Apache License 2.0. Fonts: IBM Plex, SIL Open Font License 1.1. The console itself: Apache License 2.0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not an address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not the API key of the emulated cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not the API key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not the passphrase.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This keeps people who pass by from the window. It does not stop somebody who can read your files or run programs as you, and the cloud itself goes on: lock the desktop as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key does not exist, or it has been purged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key ring does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key was imported, so the service cannot make its new material: give it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This profile cannot be kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This profile is gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This setting does not take that value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This task is not made node by node.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This user has no role and may do nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Those of resource group {group_name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Those of resource group {group}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Three database nodes in three zones, encrypted under a root key that you control.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Three nodes of the smallest size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Three nodes under your key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Three nodes. Tax and discounts are not included.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick all rows that match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick from row to row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick the files to download.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick the row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time, UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time: {period_words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times are UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To delete the data securely, delete both the instance and its root key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To lies before From.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To must be a day or a time like 2026-11-23 17:45.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>True</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again in a moment; if it goes on, look into the log of the cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again: a new one is made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again: a new token is made for each import.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn forward by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn the clock forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn the clock, break things, and put whole states in place. No IBM Cloud has this page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn {title} forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turning the clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two administrators have the same name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two is the minimum for availability. The number cannot be changed later here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two of three nodes are enough to create an instance. The third is made by itself once its key check passes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two or three crypto units, key management API, keep your own key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two people delete {name} from now on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a name first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a tag first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a tag, then Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type it, and the cloud starts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type it, and the console connects.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the API key first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the API key that this window signed in with. Instances and nodes go on meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the API key, and the console connects.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the one that this window was opened with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the passphrase first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the passphrase of the data folder. Instances and nodes go on meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the same passphrase twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type {wanted} to confirm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type: Root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type: Standard key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Typed and not applied: {values}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Under a key of the service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Under version {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Under version {version} since {since}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unreadable by the service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Untick {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until it is purged it stays in the list as destroyed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until {end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unwrap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unwrap answered 410</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unwrap answers {status}, key is {gone}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unwrapped by {nodes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unwraps in 24 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up to 30, separated by commas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up to five, separated by commas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update KYOK Console, or check that the address belongs to the cloud you mean.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uptime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a profile of an emulated cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use another key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use another one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use https, or a tunnel to 127.0.0.1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use that version, or a newer one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the emulated cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the existing one; to change its role, remove it and create it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the key and the additional data with which it was wrapped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the key and the place that it was sealed for, or restore a backup.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the network that the instance allows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use {limit} characters or fewer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Used by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Used by, instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User-defined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Users and their roles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Users are made with SQL (CREATE ROLE), as the admin user. They have nothing to do with the people of the account: nobody signs in to the database with IBM Cloud credentials, and roles of IAM give no rights in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Users listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Users of the key notified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usually the first one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Valid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verification pattern {pattern}… {link}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View associated resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View key details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View the record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View what this user may do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Volumes and data key erased</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait 7 days or delete now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until the retention period of that resource is over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until the time named, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What comes back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What else was wrapped under it cannot be unwrapped any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What else was wrapped under them cannot be unwrapped any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What exists now is not touched. Keys that were purged since are gone for good with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What holds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is broken now, whoever started it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is encrypted, with what, and where the proof is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is in it is not shown to you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is left to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is not ticked is refused to everybody, whatever their role. Secure import: imported material must be encrypted for an import token, also when an imported key is rotated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is sealed is untouched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is sealed stays sealed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is wrapped from now on is wrapped with it. Older versions still unwrap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is wrapped from now on is wrapped with them. Older versions still unwrap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What one does first with a database instance, and where.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What secure deletion means</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the cloud measures of this instance, and what happened to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the service does and did with this instance: made, backed up, scaled, changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the source may do with the target. For root keys the Reader role is enough.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this cloud can run. Everything stays on this machine and costs nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this grants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this user may do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What unlocks the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was written since the volume was sealed last is lost on this node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What will happen by itself is not shown. {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What will use the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you entered is still here. Restore it under Recently removed first, then save again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you were doing may not have happened. The cloud is not affected. You can go on working.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whatever was wrapped under it stays unreadable. Its versions, aliases and registrations are gone too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When a root key is deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the second person deletes the key:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When there are some, this page shows for each node whether it can use its root key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When you need it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wherever a key ID is asked for, an alias does too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the resource list shows the four first steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the side navigation is open or a rail of icons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>White</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>White or Gray 100, whichever the desktop asks for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who did what, when, and what it caused. Newest first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who has access to the new key ring has access to the key then, and nobody else. Nothing stops.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is in this account and which roles they have. Roles add up; none contains another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who signs commands to the units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole-database backups: the first one right after creation, then daily and on demand. Kept for 7 days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it is there, for others who read the list. At most {description_max} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why the data cannot be read again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window geometry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With the same material, versions and aliases. Registrations were removed when it was deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With the same material, versions and aliases. Registrations were removed when they were deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without its master key no root key of {name} can be used, and a new master key does not bring them back. {backups_left}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without one, no database instance can use a root key in this account, and the creation form offers no keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without you it happens by itself on {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrapped data key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrapped {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wraps the data keys of databases and never leaves the service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it as http://127.0.0.1:8080.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the date as year-month-day, for example 2027-12-31.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing the state as a scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes, service key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are not allowed to do this here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are signed in as {title}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are signed in as {title}. {roles}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are the first of two people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are the second of two people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can remove this at any time; it then stops within a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can remove this at any time; the instances then stop within a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You cannot return to it any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have scheduled the deletion.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not read the policies of this instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You scheduled this deletion yourself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You scheduled this deletion yourself on {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You scheduled this deletion yourself: somebody else has to delete the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your roles are being read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your roles do not show you the nodes of this account's {instances}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zeroize crypto units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zone cut off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a different person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>account groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after {span} of grace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all checks passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all nodes stop {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all services</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all {short_name} instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all {short_name} instances{group}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>allowed_ip names at least one address or network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an empty account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an instance that is not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>anybody but {person}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>associated resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>associated resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>audit postgresql.log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>authorizations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>authorize iam access policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>backups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>being created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bringing keys, authorizations and instances to their state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by {author}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by {name}@</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>can still be restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose a backup.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose a root key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chosen already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clock fault scenario reset snapshot export import break zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cluster name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cpu must be a whole number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>create services</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>create, read out, change, disable or delete a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crypto units not initialized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>current</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>database</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>database admin name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>database instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>databases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>default key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deleted instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deleted instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deleted instances restore undelete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deleted, restorable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>denied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>descriptor {descriptor}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>destroyed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>digit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>disabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>discard: the database service destroys its data key, so the data is lost even if the key is restored. keep: nodes return when the key is restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dual authorization rotation import token network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>eight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>emptying the account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>enabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>event as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>events audit log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every key service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every {span}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expiration is from {token_seconds_min} to {token_seconds_max} seconds; {seconds} was given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fault in force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>faults in force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>filter in force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>five</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>four</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>group {group_name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>home instances start here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hpcs hsm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>iam access policy reader</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>iam people roles access</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>iam sign in token script</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in this account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {left} days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {left} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {left} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {left} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {next_check_at}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {span}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>initialize hsm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>instance can still be restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>instance still exists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>interval_month must be from {interval_min} to {interval_max}; {months} was given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is longer than 4096 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it cannot be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it crashes and is started again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it crashes and is started again, another node takes over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it ends in good order and stays stopped until it is started here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it expired on {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it holds none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it holds {instances}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it holds {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is always there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not possible</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is purged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is scheduled already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it needs two people, and the first has to schedule the deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it rotates every month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it rotates every {months}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it was imported, so it is rotated alone, with new material</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it was imported: the service cannot make its material</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept: the deletion is cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key disabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key protect instances authorizations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key ring {key_ring} of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key ring {ring}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key rings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key status nodes instances operators</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key {key_status}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kms byok</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kms key rings groups access</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kms registrations retention synchronize</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last {last}, lowest {lowest}, highest {highest}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>less than 1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list, wrap, unwrap and rewrap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>locked, unlock it first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log files lie on the volume, which is sealed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lower case</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>making database instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>making key service instances and keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>making users and authorizations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>manage connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>maxAllowedRetrievals is from 1 to {token_retrievals_max}; {number} was given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>max_connections and max_locks_per_transaction can be set in one change only if both go up or both go down.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>metrics charts events monitoring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>months</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no authorization lets it use {target}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no authorization lets them use {target}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no deletion is scheduled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no node can read the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no node can read the data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no reason was given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no zone can reach {target} ({message})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no {title} is in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>node {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>node {number} stops {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not authorized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not because of its key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>old storage key or a snapshot still there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on all {count} nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on {day}{year} at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on {nodes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>once a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>once a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>once a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>once an hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one key of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one person is enough to delete it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only root keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>parameters max_connections shared_buffers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>possible in {span}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>profiles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>progress running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provisioning failed, there is nothing to back up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>psql command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>psql finds it in {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>psql has ended. Press Enter to close this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>psql looks for cert.pem in the folder where it is started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>purged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reclamation evidence erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>region {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>removed authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>removed authorizations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resource group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resource groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>restarting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ring {key_ring}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ring {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>roles privileges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>root keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rotated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rotates every month.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rotates every {months}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rotates only by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scale ram disk vcpu cost plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scenario title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scenarios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>service instance catalog</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>serviceInstance and resourceGroupId contradict each other: give one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>set for deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seven</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shared_buffers is at most {buffers_share} % of the RAM: {highest} MB of {ram} GB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shared_buffers is {buffers} MB, which is more than {buffers_share} % of {ram} GB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>six</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>snapshot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>snapshot name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>snapshots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>somebody other than you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>standard key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>standard keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>still exists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>storage key changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>synchronized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>that was possible until {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the authorization for {option} is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the authorization was removed{by}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the crypto units of {target} are not initialized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the default group stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the instance is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the instance is not active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the instance is still being created.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the key is deleted in spite of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the key is deleted in spite of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the key service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the passphrase file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the root keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the same as wall time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the {short_name} instances of {group_name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>theme profile row height language deletion rule lock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there are no rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>these keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>these {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this console signs in with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>three</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>true or false</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>two</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>two people are needed to delete it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unreachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until {ends}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>upper case</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>use another one first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>uses {key}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vCPU, {count} at {price}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting for nodes to check their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wrap, unwrap and rewrap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>writing rows and taking backups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{accessible}, columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{actions} are off: {words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{action} is off: {words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{ahead} ahead of wall time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{asked}, begun {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{attempted} denied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{attempted} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{attempted} started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{at} UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{authorizations} for it reach nothing any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{backups} and their key go with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{backups} backups remain{of}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{backups} stay until then</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{backups} stay usable until each is 7 days old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{backups} stays until then</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{backups} still hold a copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{backups} still holds a copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{backups}{span}, go with the instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{backups}{span}, goes with the instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{bytes}, ready to send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{causes}. For them nothing changes now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{clock_time} UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{column} (always shown)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{column}: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{connected} of {total} connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} active root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} active root keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} administrator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} administrators</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} authorizations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} backups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} byte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} crypto unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} crypto units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} database instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} database instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} deleted instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} deleted instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} destroyed key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} destroyed keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} exports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} faults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} faults in force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} instance uses it and is stopped already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} instances use it and are stopped already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} key service instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} key service instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} keys synchronized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} log file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} log files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} months</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} more instance uses it and is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} more instance uses it and is stopped already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} more instances use it and are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} more instances use it and are stopped already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} more key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} more keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} more thing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} more things</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} of {instances} need attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} of {instances} needs attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} of {keys} not synchronized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} of {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} of {total} volumes open, {sealed} sealed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} passed key check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} passed key checks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} registered resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} registered resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} registration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} registrations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} resources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} root keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} running instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} running instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} standard key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} standard keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} volume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} volumes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} with default key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} zones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} {noun} exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} {noun} selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count}, all agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count}, all sealed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count}, both agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count}, in imprint mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count}, latest {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count}, open since {first}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count}, they differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day} {time} UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day}, cannot be changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{deleted_instances} can still be restored into it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{denied} denied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{detail} / node {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{detail}. Evidence: {evidence}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} synchronized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{events} exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{everyone} connected, but {name} has expired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{everyone} connected{checked}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{everyone} run under the automatic disk encryption key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{files} of other nodes, kinds or days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{files} saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} could not be read: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} could not be written: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first} then {second}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first}, and {count} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folded} more times with the same outcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folded}Press a row for its record, or its target to open that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{grace_until} UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{heading} saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{heading}, node by node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{instances} are covered by another authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{instances} are encrypted under root keys of this instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{instances} is covered by another authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{instances} with all data and backups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{instances} with {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{instance} is deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{items} and {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{items} or {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} are hidden.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} become active again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} can no longer be restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} in key ring {key_ring} of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} in {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} is hidden.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} live in {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} lives in {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} move to {ring}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} moves to {ring}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} of &lt;b&gt;all&lt;/b&gt; {service} instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} of &lt;b&gt;all&lt;/b&gt; {service} instances in resource group {group}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} of {total} was not {verb}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} of {total} were not {verb}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} {done}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys}. Standard keys are not offered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} (Active, key ring {ring})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} becomes active again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} cannot be restored any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} cannot be {done}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} is active again. The nodes restart by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} is active. The nodes restart by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} is deleted already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} is gone for good and nobody can restore it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} is not deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} is not touched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} {done}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key}, deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key}, exists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key}, version {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{label} per node are {sizes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{label}: was {was}, is {now} now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{last_passed_at} UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{last} Nothing is changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{latency} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{later} A key that has it cannot lose it any more, also when this is switched off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{later} Each key's own policy can be changed in its menu. A month counts 30 days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{least} characters or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{least} to {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{lines}. Save again to put your values in their place, or cancel to leave theirs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{min_length} characters or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{missing} to download log files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{moment} UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{moment} by {person}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{moment} denied ({status})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{moment} failed ({status})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{moment} no answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{moment} passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{moment}, {passed} of {count} nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{mores} stopped already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} are deleted and lose their data if they are restored before their root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} are stopped already; their data is lost too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} are stopped: no authorization lets them use {target}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} cannot be taken away. {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} do not come back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} does not come back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} has lost its data already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} has no backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} have lost their data already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} have no backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} is deleted and loses its data if it is restored before its root key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} is stopped already; its data is lost too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} is stopped: no authorization lets it use {target}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} keep it by a retention policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} returns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} stay stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} stays stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} still use it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} stop now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} stop within a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} stop within a minute ({nodes})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} stop within a minute and their data is lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} stop within a minute: the changed authorization no longer covers them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} stops now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} stops within a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} stops within a minute ({nodes})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} stops within a minute and its data is lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} was encrypted under a key of this instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} was imported: your own copy of the material is not deleted here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} were encrypted under a key of this instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} wrap their data keys again by themselves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names}, since {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names}. For it nothing changes now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names}. For them nothing changes now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names}. Nothing changes there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} (key {state})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} (you)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} can no longer be restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be deleted: {keys} live in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be deleted: {keys} lives in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be reached: {host} does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be read again, its backups can</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be restored any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be used: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} does not answer. Trying again…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has expired and cannot be enabled again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is being created and filled from the backup.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is being created. Three nodes are on their way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is called {fresh} now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is deleted as well: restore it first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is deleted for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is disabled: it signs nobody in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is enabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is purged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is purged: the data here cannot be read again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is unlocked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is {state} as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is {state}: the nodes stay stopped; {backups}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} keeps it by a retention policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} leaves the account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} leaves the account; no key lives in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} like {values}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} may use its root key again. Its nodes restart by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} must be a text like “2GiB”, in whole GiB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} must be a whole number, without a unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} must be from {minimum} to {highest}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} still uses it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} stops within a minute: the changed authorization no longer covers it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} wraps its data key again by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} {former} becomes {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, backup of {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, stopped since {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, version {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: not measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{nodes_phrase} are not affected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{nodes_phrase} are still to be made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{nodes_phrase} are {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{nodes_phrase} is not affected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{nodes_phrase} is still to be made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{nodes_phrase} is {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{nodes_phrase} not connected{moment}: {cause}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{nodes_phrase} stopped{when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{nodes} cannot reach {target} ({message})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{nodes} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{nodes} in all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{nodes} is not connected: {cause}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{nodes} {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} operational crypto units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{opened} of {total} nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{option} has no active root key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{passed_key_checks} folded away. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{passed} passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}, {size} bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent} percent done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{person} has scheduled the deletion.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{person} scheduled this deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{person} scheduled this deletion on {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{plan}, until {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{plan}, {price} USD per month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{problem}: let the console ask for the API key at each start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{profile} is no emulated cloud. This console lists its Key Protect instances and its authorizations, and changes nothing there. Every page that needs the emulated cloud is hidden meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{profile} removed, and its API key with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{ram} GB RAM, {disk} GB disk, {cpu} vCPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{ram} GB RAM, {disk} GB disk, {cpu} vCPU per node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{ready} of {total} nodes are ready.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{region}. Authorized already: nothing more is needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{region}{units}. Can be authorized now, has no active root key yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{region}{units}. Can be authorized now, offers no keys before it is initialized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{resources} can no longer be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{resources} exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{roles} on {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{role} (one instance)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows} added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows} now, durable on {nodes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows}, expires {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{running_instances} stop within a minute ({nodes} nodes)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{running_instances} stops within a minute ({nodes} nodes)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{running} of {count} nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{running} of {total} nodes run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{running} of {total} running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{selected}, {count} of them not in the list now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{service} can use root keys of a key management service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{sessions} connections and prepared transactions with {max_locks_per_transaction} locks each are more than {locks_in_all} locks in all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{setting} was not changed: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{shown} of {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{shown} of {known_total} {noun}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{shown} of {total} {noun}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{sign} to sign, {remove} to remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} bytes, an AES-{bits} key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} in all, read at {read} UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} of {disk} GB per node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source_instance}, account {source_account}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} cannot be authorized to use {target}: there is no role for this pair.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} may use {target}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}, all service instances, may use {target} with the Reader role. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{state}: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step}: {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stopped}: {key_name} was disabled{by}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stopped}: {name} was deleted{by}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{target} is deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{target} refused access ({http_status})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text}: met</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text}: not met</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text}; all of them are stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text}; it is stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text}; none is stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text}; {halted} of them are stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text}; {halted} of them is stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} is one of: {choices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} must be from {minimum} to {maximum}{unit}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} must be {word}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}, sorted ascending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}, sorted descending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}: not yet. {evidence}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}: yes. {evidence}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{total} USD</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{typed} is there already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{unreachable} unreachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{up} of {total} servers are up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{up} of {total} servers is up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{used} of {disk} GB disk per node.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{user} is no user any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} GB-Disk/node ({nodes} GB-Disk total)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} GB-RAM/node ({nodes} GB-RAM total)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} vCPU/node ({nodes} vCPU total)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{verb}{who} at {at}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{version} (emulated)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{waiting} may start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{waiting}: the nodes restart by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{when} by node {node} ({zone})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} are restarting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} are standard keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} are starting: the first key check is under way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} are still being created.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} are {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} changed this authorization meanwhile. Nothing of yours is lost, and nothing was saved yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} expired on {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} is a standard key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} is restarting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} is starting: the first key check is under way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} is still being created.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} is {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} keep running for {grace} of grace and stop {moment} unless a check passes first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} keeps running for {grace} of grace and stops {moment} unless a check passes first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} may use the keys of the instance you choose next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} may use {keys}, with the role you choose next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} may use {keys}, with the {role} role.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} may {may} with {keys}, and register that it uses them. It may &lt;b&gt;not&lt;/b&gt; {may_not}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} must wait, possible in {span}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} need two people, and the first has to schedule the deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} needs two people, and the first has to schedule the deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} removed this authorization meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} was imported, so it is rotated alone, with new material</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} were imported, so each is rotated alone, with new material</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{why} It is asked again when the cloud answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} in {left}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} since {moment}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} {begin} to {end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words}, ticked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words}, {destroyed} destroyed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words}: settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words}; last unwrap {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{zone} from {where}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{alias}” is a reserved word and cannot be an alias.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{text}” is neither an IP address nor a network such as 192.0.2.0/24.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
