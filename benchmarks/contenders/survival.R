# R's survival: Kaplan-Meier curves by sex, with their restricted means and standard errors.
# Reads the dates as integers (days since 1970), one column after the other.

started <- proc.time()[["elapsed"]]
suppressPackageStartupMessages(library(survival))
imported <- proc.time()[["elapsed"]]

arguments <- commandArgs(trailingOnly = TRUE)
rows <- file.size(arguments[1]) / 4 / 5
values <- matrix(readBin(arguments[1], "integer", 5 * rows), nrow = rows)
decided <- values[, 1]
access <- values[, 2]
woman <- values[, 4]
parent <- values[, 5] == 1
ended <- pmin(access, values[, 3], as.integer(arguments[2]), na.rm = TRUE)
time <- ended - decided
read <- proc.time()[["elapsed"]]

mean_waits <- function(chosen) {
  curves <- survfit(Surv(time[chosen], !is.na(access[chosen])) ~ woman[chosen])
  rev(summary(curves, rmean = 365)$table[, "rmean"])
}
means <- c(mean_waits(TRUE), mean_waits(!parent), mean_waits(parent))
estimated <- proc.time()[["elapsed"]]

steps <- c(import = imported - started, read = read - imported, estimate = estimated - read)
groups <- c("women", "men", "childless women", "childless men", "mothers", "fathers")
json <- function(names, values) {
  sprintf("{%s}", paste(sprintf('"%s": %.9f', names, values), collapse = ", "))
}
cat(sprintf('{"steps": %s, "means": %s}\n', json(names(steps), steps), json(groups, means)))
