@NullMarked
package dev.baton.local.internal;

import org.jspecify.annotations.NullMarked;
