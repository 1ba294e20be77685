# The answers the survival tests compare with. Run here: Rscript survival.R
# Debian 12: R 4.2.2, survival 3.5-3, cmprsk 2.2-11 (r-base-core, r-cran-survival, r-cran-cmprsk).
# remission.csv and marrow.csv: Klein & Moeschberger (1997), sections 1.2 and 1.3, from KMsurv;
# marrow.csv has relapse as event 1, death in remission as 2, the patient's sex as stratum.
# weeks.csv is invented: many ties, three groups, two strata, one small.
library(survival)
library(cmprsk)

rounded <- function(table) { # 15 significant digits
  numbers <- sapply(table, is.numeric)
  table[numbers] <- lapply(table[numbers], signif, 15)
  table
}
save <- function(name, part, data = names(samples)) {
  tables <- lapply(data, function(name) cbind(data = name, part(samples[[name]])))
  write.csv(rounded(do.call(rbind, tables)), paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
}
read_sample <- function(data) {
  counts <- read.csv(paste0(data, ".csv"))
  counts[rep(seq_len(nrow(counts)), counts$n), ]
}
samples <- sapply(c("remission", "marrow", "weeks"), read_sample, simplify = FALSE)
group_of <- function(curve) sub("^group=", "", rep(names(curve$strata), curve$strata))
horizon <- function(rows) 0.8 * min(tapply(rows$time, rows$group, max))

save("kaplan_meier", function(rows) {
  curve <- survfit(Surv(time, event == 1) ~ group, rows, conf.type = "log-log")
  data.frame(
    group = group_of(curve), time = curve$time, at_risk = curve$n.risk, events = curve$n.event,
    censored = curve$n.censor, survival = curve$surv, se = curve$surv * curve$std.err,
    low = curve$lower, high = curve$upper
  )
})

save("median", function(rows) {
  curve <- survfit(Surv(time, event == 1) ~ group, rows, conf.type = "log-log")
  table <- summary(curve)$table
  data.frame(
    group = sub("^group=", "", rownames(table)), median = table[, "median"],
    low = table[, "0.95LCL"], high = table[, "0.95UCL"], n = table[, "records"]
  )
})

save("restricted_mean", function(rows) {
  curve <- survfit(Surv(time, event == 1) ~ group, rows)
  table <- summary(curve, rmean = horizon(rows))$table
  data.frame(
    group = sub("^group=", "", rownames(table)), horizon = horizon(rows),
    mean = table[, "rmean"], se = table[, "se(rmean)"]
  )
})

incidence <- function(rows, cause) {
  rows$first <- factor(rows$event, c(0, cause, 3 - cause))
  survfit(Surv(time, first) ~ group, rows, conf.type = "log-log")
}
save_incidence <- function(cause, data) {
  save(paste0("incidence_", cause), function(rows) {
    curve <- incidence(rows, cause)
    share <- curve$pstate[, 2]
    se <- curve$std.err[, 2]
    limits <- survival:::survfit_confint(1 - share, se, FALSE, "log-log", 0.95)
    data.frame(
      group = group_of(curve), time = curve$time, at_risk = curve$n.risk[, 1],
      incidence = share, se = se, low = 1 - limits$upper, high = 1 - limits$lower
    )
  }, data)
}
save_incidence(1, names(samples))
save_incidence(2, c("marrow", "weeks"))

save("tests", function(rows) {
  strata <- if (length(unique(rows$stratum)) > 1) list(FALSE, TRUE) else list(FALSE)
  causes <- sort(setdiff(unique(rows$event), 0))
  one <- function(cause, stratified) {
    rows$within <- if (stratified) rows$stratum else "all"
    rates <- survdiff(Surv(time, event == cause) ~ group + strata(within), rows)
    gray <- cuminc(rows$time, rows$event, rows$group, rows$within)$Tests[as.character(cause), ]
    data.frame(
      test = c("logrank", "gray"), cause = cause, stratified = stratified,
      statistic = c(rates$chisq, gray["stat"]), df = length(rates$n[rates$n > 0]) - 1,
      p_value = c(pchisq(rates$chisq, gray["df"], lower.tail = FALSE), gray["pv"])
    )
  }
  choices <- expand.grid(cause = causes, stratified = unlist(strata))
  do.call(rbind, Map(one, choices$cause, choices$stratified))
})
