/** The examination of everything that Logdex needs around it. */
@NullMarked
package dev.logdex.deploy.doctor;

import org.jspecify.annotations.NullMarked;
