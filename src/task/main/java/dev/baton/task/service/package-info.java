/// The work that AWS services can be asked to do for a [dev.baton.task.ServiceTask].
@NullMarked
package dev.baton.task.service;

import org.jspecify.annotations.NullMarked;
