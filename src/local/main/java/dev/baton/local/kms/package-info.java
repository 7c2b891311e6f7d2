/// KMS: symmetric keys with their policies and aliases, and what S3 asks them for.
@NullMarked
package dev.baton.local.kms;

import org.jspecify.annotations.NullMarked;
