/// Systems Manager: Parameter Store, and runbooks that run in this process.
@NullMarked
package dev.baton.local.ssm;

import org.jspecify.annotations.NullMarked;
