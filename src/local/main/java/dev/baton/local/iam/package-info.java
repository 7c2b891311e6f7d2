/// Who there is (roles, users, keys, sessions), what they may do, and the IAM API.
@NullMarked
package dev.baton.local.iam;

import org.jspecify.annotations.NullMarked;
