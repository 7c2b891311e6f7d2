/// Temporary credentials: the STS API and the same for the services of this process.
@NullMarked
package dev.baton.local.sts;

import org.jspecify.annotations.NullMarked;
