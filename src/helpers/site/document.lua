-- Where a document turns the page. On slides, long tables go on to the next, and a picture's words
-- are not written under it too.

local TURN = pandoc.RawBlock("openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>')

function Header(heading)
  if FORMAT == "docx" and heading.classes:includes("page") then
    return { TURN, heading }
  end
end

function Image(image)
  if FORMAT == "pptx" then
    image.caption = {}
    return image
  end
end

local function parts(long)
  local rows, most = long.bodies[1].body, #long.colspecs > 3 and 2 or 4
  local made = pandoc.List()
  for first = 1, #rows, most do
    local part = long:clone()
    part.bodies[1].body = pandoc.List({ table.unpack(rows, first, math.min(first + most - 1, #rows)) })
    made:insert(part)
  end
  return made
end

function Pandoc(document)
  if FORMAT ~= "pptx" then return end
  local blocks, heading = pandoc.List(), nil
  for _, block in ipairs(document.blocks) do
    if block.t == "Header" then heading = block end
    if block.t == "Table" then
      for number, part in ipairs(parts(block)) do
        if number > 1 or blocks[#blocks] ~= heading then blocks:insert(heading) end
        blocks:insert(part)
      end
    else
      blocks:insert(block)
    end
  end
  document.blocks = blocks
  return document
end
