# The answers the tests of states compare with. Run here: Rscript multistate.R
# Debian 12: R 4.2.2, survival 3.5-3 (r-base-core, r-cran-survival).
# mgus2.csv: 1384 patients of survival's mgus2, months to plasma cell malignancy and to death, as in
# its vignette "Multi-state models and competing risks"; those alike are one path.
# ebmt.csv: the first 400 patients of mstate's ebmt4 (de Wreede, Fiocco, Putter 2011), days in six
# states.
library(survival)

alike <- function(patients) {
  path <- sapply(split(patients[, -1], patients$id), function(own) paste(unlist(own), collapse = " "))
  first <- names(path)[!duplicated(path)]
  own <- patients[patients$id %in% first, ]
  cbind(path = match(own$id, first), n = as.vector(table(path)[path[as.character(own$id)]]), own[, -1])
}
mgus <- within(mgus2, {
  ptime <- ifelse(pstat == 1 & ptime == futime, ptime - 0.1, ptime)
})
mgus <- rbind(
  data.frame(id = mgus$id, start = 0, stop = mgus$ptime, from = "mgus",
             to = ifelse(mgus$pstat == 1, "pcm", ifelse(mgus$death == 1, "death", NA))),
  with(mgus[mgus$pstat == 1, ],
       data.frame(id = id, start = ptime, stop = futime, from = "pcm", to = ifelse(death == 1, "death", NA)))
)
mgus <- mgus[order(mgus$id, mgus$start), ]
write.csv(alike(mgus), "mgus2.csv", row.names = FALSE, quote = FALSE, na = "")

answers <- function(data, at) {
  spells <- read.csv(paste0(data, ".csv"), na.strings = "", colClasses = c(from = "character", to = "character"))
  spells <- spells[rep(seq_len(nrow(spells)), spells$n), ]
  spells$id <- paste(spells$path, ave(spells$path, spells$path, spells$start, FUN = seq_along))
  spells <- spells[order(spells$id, spells$start), ]
  states <- unique(c(spells$from, na.omit(spells$to)))
  event <- factor(ifelse(is.na(spells$to), "censored", spells$to), c("censored", states))
  curve <- survfit(Surv(start, stop, event) ~ 1, spells, id = id, istate = from, conf.type = "logit")
  told <- summary(curve, times = at)
  each <- function(values) as.vector(t(values))
  data.frame(
    data = data, time = rep(at, each = length(curve$states)), state = rep(curve$states, length(at)),
    share = signif(each(told$pstate), 15), se = signif(each(told$std.err), 15),
    low = signif(each(told$lower), 15), high = signif(each(told$upper), 15)
  )
}
found <- rbind(
  answers("mgus2", c(12, 60, 120, 240)), answers("ebmt", c(10, 30, 100, 365, 1000, 3000))
)
write.csv(found, "state_occupation.csv", row.names = FALSE, quote = FALSE)
