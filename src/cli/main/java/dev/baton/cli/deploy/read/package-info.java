/// What is deployed: endpoints, the documents and snapshots of what is there, and what a deployment would make of it.
/// Nothing here changes an account.
@NullMarked
package dev.baton.cli.deploy.read;

import org.jspecify.annotations.NullMarked;
