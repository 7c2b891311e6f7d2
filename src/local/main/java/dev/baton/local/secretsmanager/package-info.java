/// Secrets Manager: secrets with their versions, encrypted with keys of KMS, and the functions that rotate them.
@NullMarked
package dev.baton.local.secretsmanager;

import org.jspecify.annotations.NullMarked;
