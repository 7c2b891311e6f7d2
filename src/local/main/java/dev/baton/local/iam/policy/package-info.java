/// IAM policies as values, and the logic that decides with them: no server, no store, no clock of its own.
@NullMarked
package dev.baton.local.iam.policy;

import org.jspecify.annotations.NullMarked;
