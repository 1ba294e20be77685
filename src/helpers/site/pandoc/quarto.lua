-- What Quarto adds to pandoc's markdown, for the subset in subset.yml: numbered figures and
-- tables with references to them, callouts, tabsets, folded code, links between source pages.

local words = {}   -- Quarto's `language` map: the words of the interface
local counts = { fig = 0, tbl = 0 }
local numbers = {} -- label -> its number on the page
local tabsets = 0

local KINDS = { "note", "tip", "warning", "important", "caution" }

local function html(text) return pandoc.RawBlock("html", text) end

local function escape(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

local function kind_of(label)
  local prefix = label:match("^(%l+)%-")
  return counts[prefix] and prefix
end

local function name_of(label)
  return words["crossref-" .. kind_of(label) .. "-title"] .. "\u{a0}" .. numbers[label]
end

local function read_words(meta)
  for key, value in pairs(meta.language or {}) do words[key] = pandoc.utils.stringify(value) end
end

-- Figures and tables -------------------------------------------------------------------------

-- As Quarto writes it: who hears the page is told what a table is before its cells.
local function captioned_first(label, class, text, content)
  local figure = '<figure id="' .. label .. '" class="quarto-float ' .. class .. '">'
  local blocks = pandoc.Blocks { html(figure .. "\n<figcaption>"), pandoc.Plain(text), html("</figcaption>") }
  blocks:extend(content)
  blocks:insert(html("</figure>"))
  return pandoc.Div(blocks)
end

local function float(label, content, caption)
  local kind = kind_of(label)
  counts[kind] = counts[kind] + 1
  numbers[label] = counts[kind]
  local text = pandoc.Inlines { pandoc.Str(name_of(label) .. ":"), pandoc.Space() }
  text:extend(caption)
  local class = "quarto-float-" .. kind
  if kind == "tbl" then return captioned_first(label, class, text, content) end
  return pandoc.Figure(content, { long = { pandoc.Plain(text) } }, { label, { "quarto-float", class } })
end

local function float_from_div(div)
  if not kind_of(div.identifier) then return nil end
  local caption = div.content:remove()
  return float(div.identifier, div.content, caption.content), false
end

local function float_from_table(tbl)
  if not kind_of(tbl.identifier) then return nil end
  local label, caption = tbl.identifier, pandoc.utils.blocks_to_inlines(tbl.caption.long)
  tbl.identifier, tbl.caption = "", { long = {} }
  return float(label, { tbl }, caption), false
end

local function float_from_figure(figure)
  if not kind_of(figure.identifier) then return nil end
  local caption = pandoc.utils.blocks_to_inlines(figure.caption.long)
  return float(figure.identifier, figure.content, caption)
end

local function alternative_text(image)
  local text = image.attributes["fig-alt"]
  if text then
    image.attributes["fig-alt"] = nil
    image.caption = { pandoc.Str(text) }
  end
  return image
end

local function reference(cite)
  local links = pandoc.Inlines {}
  for i, citation in ipairs(cite.citations) do
    if not numbers[citation.id] then
      io.stderr:write("hänvisningen @" .. citation.id .. " har inget mål på sidan")
      os.exit(65)
    end
    if i > 1 then links:extend { pandoc.Str(","), pandoc.Space() } end
    links:insert(pandoc.Link(name_of(citation.id), "#" .. citation.id, "", { class = "quarto-xref" }))
  end
  return links
end

-- Callouts -----------------------------------------------------------------------------------

local function callout_kind(div)
  for _, kind in ipairs(KINDS) do
    if div.classes:includes("callout-" .. kind) then return kind end
  end
end

local function callout_title(div, kind)
  if div.attributes.title then return div.attributes.title end
  local first = div.content[1]
  if first and first.t == "Header" then
    div.content:remove(1)
    return pandoc.utils.stringify(first)
  end
  return words["callout-" .. kind .. "-title"]
end

local function callout(div)
  local kind = callout_kind(div)
  if not kind then return nil end
  local title = escape(callout_title(div, kind))
  local body = pandoc.Div(div.content, { class = "callout-body" })
  local class = 'class="callout callout-' .. kind .. '"'
  if div.attributes.collapse == nil then
    return { html("<div " .. class .. ' role="note"><p class="callout-title">' .. title .. "</p>"), body, html("</div>") }
  end
  local open = div.attributes.collapse == "false" and " open" or ""
  return { html("<details " .. class .. open .. '><summary class="callout-title">' .. title .. "</summary>"), body, html("</details>") }
end

-- Tabsets ------------------------------------------------------------------------------------

local function tabs_of(div)
  local tabs = {}
  for _, block in ipairs(div.content) do
    if block.t == "Header" and (#tabs == 0 or block.level <= tabs[1].level) then
      table.insert(tabs, { title = pandoc.utils.stringify(block), level = block.level, content = pandoc.Blocks {} })
    elseif #tabs > 0 then
      tabs[#tabs].content:insert(block)
    end
  end
  return tabs
end

local function tab_button(id, i, title)
  return ('<button role="tab" id="%s-%d-tab" aria-controls="%s-%d" aria-selected="%s" tabindex="%d">%s</button>')
      :format(id, i, id, i, i == 1, i == 1 and 0 or -1, escape(title))
end

local function tab_panel(id, i)
  return ('<div role="tabpanel" id="%s-%d" aria-labelledby="%s-%d-tab" tabindex="0">'):format(id, i, id, i)
end

local function tabset(div)
  if not div.classes:includes("panel-tabset") then return nil end
  tabsets = tabsets + 1
  local id = "tabset-" .. tabsets
  local buttons, panels = {}, pandoc.Blocks {}
  for i, tab in ipairs(tabs_of(div)) do
    table.insert(buttons, tab_button(id, i, tab.title))
    panels:extend { html(tab_panel(id, i)), pandoc.Div(tab.content), html("</div>") }
  end
  panels:insert(1, html('<div class="panel-tabset"><div role="tablist">' .. table.concat(buttons) .. "</div>"))
  panels:insert(html("</div>"))
  return panels
end

-- Code and links -----------------------------------------------------------------------------

local function code(block)
  if not block.classes:includes("cell-code") then return nil end
  local fold, summary = block.attributes["code-fold"], block.attributes["code-summary"]
  block.attributes = {}
  if fold == "false" then return block end
  local open = fold == "show" and " open" or ""
  local title = summary ~= "" and summary or words["code-summary"]
  return { html('<details class="code-fold"' .. open .. "><summary>" .. escape(title) .. "</summary>"), block, html("</details>") }
end

local function link(element)
  if not element.target:match("^%a+:") then
    element.target = element.target:gsub("%.qmd$", ".html"):gsub("%.qmd#", ".html#")
        :gsub("%.ipynb$", ".html"):gsub("%.ipynb#", ".html#")
  end
  return element
end

local function in_documents(div)
  if div.attributes["unless-format"] == "html" then return {} end
end

local function block_of(div) return in_documents(div) or callout(div) or tabset(div) end

return {
  { Meta = read_words },
  { traverse = "topdown", Div = float_from_div, Table = float_from_table, Figure = float_from_figure },
  { Cite = reference, Image = alternative_text },
  { Div = block_of, CodeBlock = code, Link = link },
}
