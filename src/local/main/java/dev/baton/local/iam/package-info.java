/// IAM's API.
@NullMarked
package dev.baton.local.iam;

import org.jspecify.annotations.NullMarked;
