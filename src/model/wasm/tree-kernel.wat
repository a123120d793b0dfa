;; The trees of a forest over many rows. tree-kernel.ts calls these functions; scripts/wat.mjs compiles them.
;;
;; A node of a tree is 8 bytes: its threshold as f32, then an i32 with the column in the upper bits and, in the lower
;; ones, the number of its left child within the tree. The right child follows the left one. A leaf is a node whose
;; threshold no value exceeds and whose left child is itself, so that a walk of as many steps as the tree has levels
;; ends at a leaf for every row.
;;
;; Rows are walked eight at a time, each with a node of its own: the loads of one row wait for each other, those of
;; eight rows do not. Eight rows lie side by side as f32: row r of column c is at (c * 8 + r) * 4 bytes.
;;
;; All addresses are in bytes. Nothing is checked.

(module
  (import "env" "memory" (memory 1))

  ;; Writes the number of each row's leaf within the tree, as i32.
  (func (export "walk")
    (param $tree i32)        ;; address of the root node
    (param $levels i32)      ;; steps from the root to the deepest leaf, at least 1
    (param $leftBits i32)    ;; width of a node's left child number
    (param $rows i32)        ;; address of the first eight rows
    (param $rowsEnd i32)     ;; address behind the last eight rows
    (param $rowsLength i32)  ;; bytes of eight rows
    (param $out i32)         ;; address of the first row's leaf number
    (local $level i32)
    (local $leftMask i32)
    (local $packed i32)      ;; the second half of a node: column and left child
    (local $node0 i32) (local $node1 i32) (local $node2 i32) (local $node3 i32)  ;; addresses of the rows' nodes
    (local $node4 i32) (local $node5 i32) (local $node6 i32) (local $node7 i32)

    (local.set $leftMask (i32.sub (i32.shl (i32.const 1) (local.get $leftBits)) (i32.const 1)))
    (loop $eightRows
      (local.set $level (local.get $levels))
      (local.set $node0 (local.get $tree))
      (local.set $node1 (local.get $tree))
      (local.set $node2 (local.get $tree))
      (local.set $node3 (local.get $tree))
      (local.set $node4 (local.get $tree))
      (local.set $node5 (local.get $tree))
      (local.set $node6 (local.get $tree))
      (local.set $node7 (local.get $tree))

      ;; One step down for each row: node = tree + (left child + (value > threshold)) * 8.
      (loop $oneLevel
        (local.set $packed (i32.load offset=4 (local.get $node0)))
        (local.set $node0 (i32.add (local.get $tree) (i32.shl
          (i32.add
            (i32.and (local.get $packed) (local.get $leftMask))
            (f32.gt
              (f32.load (i32.add (local.get $rows)
                (i32.shl (i32.shr_u (local.get $packed) (local.get $leftBits)) (i32.const 5))))
              (f32.load (local.get $node0))))
          (i32.const 3))))

        (local.set $packed (i32.load offset=4 (local.get $node1)))
        (local.set $node1 (i32.add (local.get $tree) (i32.shl
          (i32.add
            (i32.and (local.get $packed) (local.get $leftMask))
            (f32.gt
              (f32.load offset=4 (i32.add (local.get $rows)
                (i32.shl (i32.shr_u (local.get $packed) (local.get $leftBits)) (i32.const 5))))
              (f32.load (local.get $node1))))
          (i32.const 3))))

        (local.set $packed (i32.load offset=4 (local.get $node2)))
        (local.set $node2 (i32.add (local.get $tree) (i32.shl
          (i32.add
            (i32.and (local.get $packed) (local.get $leftMask))
            (f32.gt
              (f32.load offset=8 (i32.add (local.get $rows)
                (i32.shl (i32.shr_u (local.get $packed) (local.get $leftBits)) (i32.const 5))))
              (f32.load (local.get $node2))))
          (i32.const 3))))

        (local.set $packed (i32.load offset=4 (local.get $node3)))
        (local.set $node3 (i32.add (local.get $tree) (i32.shl
          (i32.add
            (i32.and (local.get $packed) (local.get $leftMask))
            (f32.gt
              (f32.load offset=12 (i32.add (local.get $rows)
                (i32.shl (i32.shr_u (local.get $packed) (local.get $leftBits)) (i32.const 5))))
              (f32.load (local.get $node3))))
          (i32.const 3))))

        (local.set $packed (i32.load offset=4 (local.get $node4)))
        (local.set $node4 (i32.add (local.get $tree) (i32.shl
          (i32.add
            (i32.and (local.get $packed) (local.get $leftMask))
            (f32.gt
              (f32.load offset=16 (i32.add (local.get $rows)
                (i32.shl (i32.shr_u (local.get $packed) (local.get $leftBits)) (i32.const 5))))
              (f32.load (local.get $node4))))
          (i32.const 3))))

        (local.set $packed (i32.load offset=4 (local.get $node5)))
        (local.set $node5 (i32.add (local.get $tree) (i32.shl
          (i32.add
            (i32.and (local.get $packed) (local.get $leftMask))
            (f32.gt
              (f32.load offset=20 (i32.add (local.get $rows)
                (i32.shl (i32.shr_u (local.get $packed) (local.get $leftBits)) (i32.const 5))))
              (f32.load (local.get $node5))))
          (i32.const 3))))

        (local.set $packed (i32.load offset=4 (local.get $node6)))
        (local.set $node6 (i32.add (local.get $tree) (i32.shl
          (i32.add
            (i32.and (local.get $packed) (local.get $leftMask))
            (f32.gt
              (f32.load offset=24 (i32.add (local.get $rows)
                (i32.shl (i32.shr_u (local.get $packed) (local.get $leftBits)) (i32.const 5))))
              (f32.load (local.get $node6))))
          (i32.const 3))))

        (local.set $packed (i32.load offset=4 (local.get $node7)))
        (local.set $node7 (i32.add (local.get $tree) (i32.shl
          (i32.add
            (i32.and (local.get $packed) (local.get $leftMask))
            (f32.gt
              (f32.load offset=28 (i32.add (local.get $rows)
                (i32.shl (i32.shr_u (local.get $packed) (local.get $leftBits)) (i32.const 5))))
              (f32.load (local.get $node7))))
          (i32.const 3))))

        (local.set $level (i32.sub (local.get $level) (i32.const 1)))
        (br_if $oneLevel (i32.lt_s (i32.const 0) (local.get $level))))

      (i32.store (local.get $out)
        (i32.shr_u (i32.sub (local.get $node0) (local.get $tree)) (i32.const 3)))
      (i32.store offset=4 (local.get $out)
        (i32.shr_u (i32.sub (local.get $node1) (local.get $tree)) (i32.const 3)))
      (i32.store offset=8 (local.get $out)
        (i32.shr_u (i32.sub (local.get $node2) (local.get $tree)) (i32.const 3)))
      (i32.store offset=12 (local.get $out)
        (i32.shr_u (i32.sub (local.get $node3) (local.get $tree)) (i32.const 3)))
      (i32.store offset=16 (local.get $out)
        (i32.shr_u (i32.sub (local.get $node4) (local.get $tree)) (i32.const 3)))
      (i32.store offset=20 (local.get $out)
        (i32.shr_u (i32.sub (local.get $node5) (local.get $tree)) (i32.const 3)))
      (i32.store offset=24 (local.get $out)
        (i32.shr_u (i32.sub (local.get $node6) (local.get $tree)) (i32.const 3)))
      (i32.store offset=28 (local.get $out)
        (i32.shr_u (i32.sub (local.get $node7) (local.get $tree)) (i32.const 3)))
      (local.set $out (i32.add (local.get $out) (i32.const 32)))
      (local.set $rows (i32.add (local.get $rows) (local.get $rowsLength)))
      (br_if $eightRows (i32.lt_s (local.get $rows) (local.get $rowsEnd)))))

  ;; Adds the values of each row's leaf to the row's sums. A leaf's values are f64; `width` and `stride` are multiples
  ;; of 8.
  (func (export "addValues")
    (param $found i32)     ;; address of the first row's leaf, as "walk" wrote it: the node's number within the tree
    (param $foundEnd i32)  ;; address behind the last row's leaf
    (param $leaves i32)    ;; address of the tree's table from node number to leaf number, as i32
    (param $values i32)    ;; address of the values of leaf number 0
    (param $width i32)     ;; bytes of one leaf's values
    (param $sums i32)      ;; address of the first row's sums
    (param $stride i32)    ;; bytes from one row's sums to the next
    (local $from i32)
    (local $to i32)
    (local $pairsEnd i32)  ;; address behind the sums that are added two at a time

    (loop $row
      (local.set $from (i32.add (local.get $values) (i32.mul (local.get $width)
        (i32.load (i32.add (local.get $leaves) (i32.shl (i32.load (local.get $found)) (i32.const 2)))))))
      (local.set $to (local.get $sums))
      (local.set $pairsEnd (i32.add (local.get $sums) (i32.and (local.get $width) (i32.const -16))))

      (if (i32.lt_s (local.get $to) (local.get $pairsEnd)) (then
        (loop $pair
          (v128.store (local.get $to)
            (f64x2.add (v128.load (local.get $to)) (v128.load (local.get $from))))
          (local.set $to (i32.add (local.get $to) (i32.const 16)))
          (local.set $from (i32.add (local.get $from) (i32.const 16)))
          (br_if $pair (i32.lt_s (local.get $to) (local.get $pairsEnd))))))

      ;; An odd number of values: the last one by itself.
      (if (i32.and (local.get $width) (i32.const 8)) (then
        (f64.store (local.get $to) (f64.add (f64.load (local.get $to)) (f64.load (local.get $from))))))

      (local.set $sums (i32.add (local.get $sums) (local.get $stride)))
      (local.set $found (i32.add (local.get $found) (i32.const 4)))
      (br_if $row (i32.lt_s (local.get $found) (local.get $foundEnd)))))
)
