/// Roles, users, keys and sessions, and what they may do.
@NullMarked
package dev.baton.local.identity;

import org.jspecify.annotations.NullMarked;
